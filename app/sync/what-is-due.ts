import type { JobType, Platform } from "./job-types";
import { reconciliationIsDue } from "./reconciliation-due";
import { DEFECT_REST_MINUTES } from "./sync-state";

/** How a shop's connection with a platform stands. */
export interface Connection {
  shopId: string;
  platform: Platform;
  /** The shop has the app. */
  installed: boolean;
  /** There is a token, and for Meta an ad account to read. */
  connected: boolean;
  /** A person wants it left alone. */
  paused: boolean;
  /** A job waits or runs. */
  inFlight: boolean;
  /** The whole history stands. */
  historyComplete: boolean;
  /** When the newest ended job ended, and how; all null when none ever did. */
  lastEndedAt: Date | null;
  lastStatus: "SUCCEEDED" | "FAILED" | null;
  lastErrorKind: "RETRYABLE" | "NEEDS_USER" | "DEFECT" | "STOPPED" | null;
  lastErrorCode: string | null;
  lastJobType: JobType | null;
  lastSuccessAt: Date | null;
  /** When the token was last replaced; null without one. */
  credentialsChangedAt: Date | null;
  /** The shop's IANA zone; null for Meta. */
  timezone: string | null;
  /** When the orders' history was last loaded whole; null while it is not, and for Meta. */
  historyCompleteAt: Date | null;
  /** When the figures were last held against Shopify's, however that ended. */
  lastReconciledAt: Date | null;
}

/** A job to queue. */
export interface DueSync {
  shopId: string;
  platform: Platform;
  jobType: JobType;
  /** No sooner than this. */
  runAfter: Date;
}

interface Pace {
  now: Date;
  /** Age of data that is not to be passed. */
  maxStalenessMinutes: number;
  /** How long until this is asked again. */
  passMinutes: number;
}

const MINUTE_MS = 60_000;
const LONGEST_PASS_MINUTES = 5;
/** What is settled with Shopify or Meta themselves, with no word of it and no new login here. */
const MENDED_OUTSIDE = new Set([
  "SHOPIFY_SHOP_FROZEN",
  "SHOPIFY_SHOP_INACTIVE",
  "SHOPIFY_SHOP_LOCKED",
  "META_BLOCKED",
]);
const OUTSIDE_REST_MS = 24 * 60 * MINUTE_MS;

/** How often to decide, so that nothing can grow too old between two decisions. */
export function passMinutesFor(maxStalenessMinutes: number): number {
  return Math.min(LONGEST_PASS_MINUTES, maxStalenessMinutes / 2);
}

/**
 * Which connections get a job now, at most one each: those that would be older than
 * `maxStalenessMinutes` at the next pass, and those whose nightly check is due while they are fresh. They are spread evenly over the pass, the longest waiting
 * first, but none is made to wait beyond its time.
 */
export function whatIsDue(connections: readonly Connection[], pace: Pace): DueSync[] {
  const now = pace.now.getTime();
  const passMs = pace.passMinutes * MINUTE_MS;
  const due = connections
    .filter((connection) => !rests(connection))
    .map((connection) => ({ connection, ...jobOf(connection, pace) }))
    .filter(({ latest }) => latest <= now + passMs)
    .sort((a, b) => a.waitsSince - b.waitsSince);
  return due.map(({ connection, jobType, earliest, latest }, index) => {
    const slot = now + Math.floor((index * passMs) / due.length);
    return {
      shopId: connection.shopId,
      platform: connection.platform,
      jobType,
      runAfter: new Date(Math.max(now, earliest, Math.min(slot, latest))),
    };
  });
}

/** Whether nothing but a person (or the end of what runs) brings the connection's next job. */
function rests(connection: Connection): boolean {
  const { installed, connected, paused, inFlight } = connection;
  if (!installed || !connected || paused || inFlight) return true;
  if (connection.lastErrorKind === "NEEDS_USER") {
    return !isMended(connection) && !mayMendOutside(connection);
  }
  // Somebody stopped the loading of the history; the schedule must not begin it again behind them.
  const stopped = connection.lastErrorKind === "STOPPED";
  return stopped && !connection.historyComplete && connection.lastJobType !== "INCREMENTAL";
}

/** Whether somebody connected anew since the job that asked for it. */
function isMended({ lastEndedAt, credentialsChangedAt }: Connection): boolean {
  if (!lastEndedAt || !credentialsChangedAt) return false;
  return credentialsChangedAt > lastEndedAt;
}

/** Whether only trying now and then can tell that somebody mended it. */
function mayMendOutside({ lastErrorCode }: Connection): boolean {
  return lastErrorCode !== null && MENDED_OUTSIDE.has(lastErrorCode);
}

/** What the connection needs next, and when. */
function jobOf(connection: Connection, pace: Pace): Time & { jobType: JobType } {
  const time = timeOf(connection, pace);
  const now = pace.now.getTime();
  if (checkIsDue(connection, pace) && time.latest > now) {
    return { ...time, jobType: "RECONCILE", earliest: now, latest: now };
  }
  return { ...time, jobType: connection.historyComplete ? "INCREMENTAL" : "HISTORICAL_INIT" };
}

/** Figures are held against Shopify's only after what is new has been read. */
function checkIsDue(connection: Connection, { now }: Pace): boolean {
  const { timezone, historyCompleteAt, lastReconciledAt, lastStatus } = connection;
  if (!timezone || lastStatus !== "SUCCEEDED") return false;
  return reconciliationIsDue({ lastReconciledAt, timezone, now, historyCompleteAt });
}

interface Time {
  /** Milliseconds since 1970. The longest waiting goes first. */
  waitsSince: number;
  earliest: number;
  latest: number;
}

function timeOf(connection: Connection, { now, maxStalenessMinutes }: Pace): Time {
  const { lastEndedAt } = connection;
  const atOnce = { earliest: now.getTime(), latest: now.getTime() };
  if (!lastEndedAt) return { ...atOnce, waitsSince: 0 };
  const ended = lastEndedAt.getTime();
  const rest = restAfter(connection);
  if (rest === null) return { ...atOnce, waitsSince: ended };
  const earliest = ended + rest;
  const latest = Math.max(earliest, ended + maxStalenessMinutes * MINUTE_MS);
  return { waitsSince: ended, earliest, latest };
}

/** So long nothing is tried after the newest job's end, in milliseconds; null: it is awaited. */
function restAfter(connection: Connection): number | null {
  if (connection.lastErrorKind === "DEFECT") return DEFECT_REST_MINUTES * MINUTE_MS;
  if (connection.lastErrorKind !== "NEEDS_USER") return 0;
  return isMended(connection) ? null : OUTSIDE_REST_MS;
}
