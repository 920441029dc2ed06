import type { Reconciliation } from "~/metrics/reconciliation";
import { makesWay } from "~/sync/greater-wish";
import {
  type Age,
  type InFlight,
  isUnderWay,
  nextUpdateBy,
  type StateReading,
  type SyncStateName,
  stateOf,
} from "~/sync/sync-state";
import { type ErrorWords, errorWords } from "./error-words";
import type { Writing } from "./format";
import { type HistoryRow, historyRows, type PastJobReading } from "./history-rows";
import { progressOf } from "./phases";
import {
  idleWords,
  type JOB_WORDS,
  PLATFORM_WORDS,
  STATE_BADGES,
  type StateBadge,
} from "./sync-words";

type Platform = keyof typeof PLATFORM_WORDS;
type JobType = keyof typeof JOB_WORDS;

/** What is known of a platform's jobs (app/sync). */
export interface PlatformReading extends StateReading {
  platform: Platform;
  dataFreshTo: Date | null;
  lastEndedAt: Date | null;
  lastError: { code: string } | null;
  running:
    | (InFlight & {
        jobId: string;
        jobType: JobType;
        phase: string | null;
        done: number | null;
        total: number | null;
        rate: number | null;
        waitingError: { code: string } | null;
      })
    | null;
}

export interface RunningJobView {
  jobId: string;
  jobType: JobType;
  platform: Platform;
  phase: string | null;
  done: number;
  total: number | null;
  rate: number | null;
  /** Of the whole way, 0 to 100; null where its length is not known. */
  percent: number | null;
  /** The last try failed; it goes on by itself. */
  waiting: boolean;
}

/** A platform as the Sync page shows it; instants are ISO strings. */
export interface PlatformView {
  platform: Platform;
  name: string;
  state: SyncStateName;
  badge: StateBadge;
  lastSuccessAt: string | null;
  dataFreshTo: string | null;
  /** By when the next update comes by itself; null when none does. */
  nextBy: string | null;
  paused: boolean;
  running: RunningJobView | null;
  /** Whether a press would begin this now: nothing runs, or what does makes way. */
  canSync: boolean;
  canRebuild: boolean;
  /** How it stands while nothing runs. */
  idle: string;
  /** What failed and what to do; null when nothing did. */
  problem: (ErrorWords & { atHome: boolean }) | null;
}

/** Everything that the Sync page shows. */
export interface SyncPageView {
  now: string;
  locale: string;
  /** The shop's IANA zone. */
  timezone: string;
  /** How amounts are written. */
  writing: Writing;
  platforms: PlatformView[];
  reconciliation: Reconciliation;
  history: HistoryRow[];
}

interface Reading {
  age: Age;
  locale: string;
  timezone: string;
  /** ISO 4217: the shop's. */
  currency: string;
  reconciliation: Reconciliation;
  statuses: readonly PlatformReading[];
  /** Newest first. */
  jobs: readonly PastJobReading[];
  metaIsOffered: boolean;
}

/** Puts together what was read, in the words of the page. */
export function syncPageView(reading: Reading): SyncPageView {
  const { age, locale, timezone, currency, statuses, jobs, metaIsOffered } = reading;
  const offered = statuses.filter(({ platform }) => platform !== "META" || metaIsOffered);
  return {
    now: age.now.toISOString(),
    locale,
    timezone,
    writing: { locale, currency },
    reconciliation: reading.reconciliation,
    platforms: offered.map((status) => platformView(status, age)),
    history: historyRows(jobs, busyPlatforms(statuses, age.now)),
  };
}

/** Where nothing else can be asked for now. */
function busyPlatforms(statuses: readonly PlatformReading[], now: Date): Set<string> {
  const busy = statuses.filter(
    ({ connected, running }) => !connected || (running && isUnderWay(running, now)),
  );
  return new Set(busy.map(({ platform }) => platform));
}

function platformView(reading: PlatformReading, age: Age): PlatformView {
  const { platform, errorKind, lastError, running } = reading;
  const state = stateOf(reading, age);
  const underWay = running && isUnderWay(running, age.now) ? running : null;
  const troubled = state === "failed" || state === "needs_user";
  const failure =
    troubled && lastError ? { platform, code: lastError.code, kind: errorKind } : null;
  return {
    platform,
    name: PLATFORM_WORDS[platform].name,
    state,
    badge: STATE_BADGES[state],
    lastSuccessAt: iso(reading.lastSuccessAt),
    dataFreshTo: iso(reading.dataFreshTo),
    nextBy: iso(nextUpdateBy(reading, age)),
    paused: reading.pausedAt !== null,
    running: underWay && runningView(platform, underWay),
    canSync: !underWay || canBegin(underWay, "INCREMENTAL"),
    canRebuild: !underWay || canBegin(underWay, "HISTORICAL_REBUILD"),
    idle: idleWords(platform, state, { stopped: errorKind === "STOPPED" }),
    problem: failure && { ...errorWords(failure), atHome: failure.code === "META_RECONNECT" },
  };
}

function canBegin(
  { jobType, startedAt }: NonNullable<PlatformReading["running"]>,
  wish: JobType,
): boolean {
  return makesWay({ jobType, begun: startedAt !== null }, wish);
}

function runningView(
  platform: Platform,
  job: NonNullable<PlatformReading["running"]>,
): RunningJobView {
  const { jobId, jobType, phase, total, rate } = job;
  const done = job.done ?? 0;
  const measured = jobType.startsWith("HISTORICAL") || total !== null;
  return {
    jobId,
    jobType,
    platform,
    phase,
    done,
    total,
    rate,
    percent: measured ? progressOf(phase, done, total).percent : null,
    waiting: job.waitingError !== null,
  };
}

const iso = (at: Date | null) => at?.toISOString() ?? null;
