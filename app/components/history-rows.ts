import { type ErrorWords, errorWords } from "./error-words";
import { JOB_WORDS, PLATFORM_WORDS } from "./sync-words";

/** A job that ended or is in flight (app/sync). */
export interface PastJobReading {
  jobId: string;
  platform: "SHOPIFY" | "META";
  jobType: keyof typeof JOB_WORDS;
  outcome: keyof typeof OUTCOMES;
  askedBy:
    | { kind: "install" | "schedule" | "webhook" | "system" }
    | { kind: "person"; name: string | null };
  startedAt: Date;
  tookSeconds: number | null;
  recordsSynced: number;
  error: { code: string; kind: string | null } | null;
}

/** A job as the history shows it. */
export interface HistoryRow {
  jobId: string;
  /** "Shopify: update" */
  what: string;
  outcome: { label: string; tone?: "info" | "success" | "critical" };
  askedBy: string;
  /** ISO instant. */
  startedAt: string;
  tookSeconds: number | null;
  records: number;
  error: ErrorWords | null;
  /** Whether it can be asked for anew: the newest of its platform, failed, and none in flight. */
  canRetry: boolean;
}

const OUTCOMES = {
  WAITING: { label: "Waiting" },
  RUNNING: { label: "Running", tone: "info" },
  SUCCEEDED: { label: "Done", tone: "success" },
  FAILED: { label: "Failed", tone: "critical" },
  STOPPED: { label: "Stopped" },
} as const;

/** The jobs, newest first, in words. `busy`: platforms where nothing can be asked for now. */
export function historyRows(
  jobs: readonly PastJobReading[],
  busy: ReadonlySet<string>,
): HistoryRow[] {
  const settled = new Set(busy);
  return jobs.map((job) => {
    const ended = job.outcome !== "WAITING" && job.outcome !== "RUNNING";
    const canRetry = job.outcome === "FAILED" && !settled.has(job.platform);
    if (ended) settled.add(job.platform);
    return rowOf(job, canRetry);
  });
}

/**
 * Holds the place of a job that was just asked for, so that nothing moves later, when it is there.
 * `rows` are those of the history.
 */
export function startingRow(
  { intent, target }: { intent: string; target: string },
  rows: readonly HistoryRow[],
  now: string,
): HistoryRow {
  const again = rows.find(({ jobId }) => jobId === target)?.what;
  const short = target === "META" ? PLATFORM_WORDS.META.short : PLATFORM_WORDS.SHOPIFY.short;
  const type = intent === "rebuild" ? "HISTORICAL_REBUILD" : "INCREMENTAL";
  return {
    jobId: "starting",
    what: again ?? `${short}: ${withinLine(JOB_WORDS[type])}`,
    outcome: OUTCOMES.WAITING,
    askedBy: "You",
    startedAt: now,
    tookSeconds: null,
    records: 0,
    error: null,
    canRetry: false,
  };
}

function rowOf(job: PastJobReading, canRetry: boolean): HistoryRow {
  const { platform, error } = job;
  return {
    jobId: job.jobId,
    what: `${PLATFORM_WORDS[platform].short}: ${withinLine(JOB_WORDS[job.jobType])}`,
    outcome: OUTCOMES[job.outcome],
    askedBy: askedBy(job.askedBy),
    startedAt: job.startedAt.toISOString(),
    tookSeconds: job.tookSeconds,
    records: job.recordsSynced,
    error: error && errorWords({ platform, code: error.code, kind: error.kind }),
    canRetry,
  };
}

/** Small at its beginning; names within it keep theirs. */
const withinLine = (words: string) => words.charAt(0).toLowerCase() + words.slice(1);

function askedBy(by: PastJobReading["askedBy"]): string {
  if (by.kind === "person") return by.name ?? "A person";
  return ASKERS[by.kind];
}

const ASKERS = {
  install: "Installation",
  schedule: "Schedule",
  /** Only the newest of many is shown. */
  webhook: "Live updates",
  system: "Merit",
} as const;
