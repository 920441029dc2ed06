/**
 * Where a shop's data of one platform stands, in one word: `never` synced; `backfilling` its whole
 * history; `syncing` what is new; `fresh`; `stale`, older than it should be; `paused` by a person;
 * `needs_user`, only a person can mend it; `failed`; `disconnected`.
 */
export const SYNC_STATES = [
  "never",
  "backfilling",
  "syncing",
  "fresh",
  "stale",
  "paused",
  "needs_user",
  "failed",
  "disconnected",
] as const;
export type SyncStateName = (typeof SYNC_STATES)[number];

/** A job in flight, as far as it decides. */
export interface InFlight {
  jobType: string;
  startedAt: Date | null;
  /** When it may begin or go on. */
  runAfter: Date;
}

/** Whether it has begun or could: what is only planned for later is not under way. */
export function isUnderWay({ startedAt, runAfter }: InFlight, now: Date): boolean {
  return startedAt !== null || runAfter <= now;
}

/** What the word is decided by; the fields are those of `SyncStatus`. */
export interface StateReading {
  connected: boolean;
  pausedAt: Date | null;
  lastSuccessAt: Date | null;
  running: InFlight | null;
  /** Why the newest ended job failed; null when it succeeded. */
  lastError: object | null;
  errorKind: string | null;
}

export interface Age {
  now: Date;
  maxStalenessMinutes: number;
}

/** The one decision of what a connection's state is called. What runs is said before all else. */
export function stateOf(reading: StateReading, age: Age): SyncStateName {
  const { connected, running, pausedAt, lastError, errorKind, lastSuccessAt } = reading;
  if (!connected) return "disconnected";
  if (running && isUnderWay(running, age.now))
    return running.jobType.startsWith("HISTORICAL") ? "backfilling" : "syncing";
  if (pausedAt) return "paused";
  if (errorKind === "NEEDS_USER") return "needs_user";
  // STOPPED is no failure: somebody wanted it so.
  if (lastError && errorKind !== "STOPPED") return "failed";
  if (!lastSuccessAt) return "never";
  return isStale(lastSuccessAt, age) ? "stale" : "fresh";
}

/** Whether the last success is longer ago than it should be; what never succeeded is stale too. */
export function isStale(lastSuccessAt: Date | null, { now, maxStalenessMinutes }: Age): boolean {
  return !lastSuccessAt || now.getTime() - lastSuccessAt.getTime() > maxStalenessMinutes * 60_000;
}

/** A defect repeats itself: it is tried again only to find out whether somebody mended it. */
export const DEFECT_REST_MINUTES = 60;

/**
 * By when the next update comes by itself; null when none does, or one is under way. An instant in
 * the past says that it comes at any moment.
 */
export function nextUpdateBy(
  reading: StateReading & { lastEndedAt: Date | null },
  age: Age,
): Date | null {
  const { running, errorKind, lastEndedAt } = reading;
  const state = stateOf(reading, age);
  if (["disconnected", "paused", "needs_user", "syncing", "backfilling"].includes(state))
    return null;
  if (running) return running.runAfter;
  // A history that a person stopped begins again by a person alone.
  if (state === "never" && errorKind === "STOPPED") return null;
  const rest = errorKind === "DEFECT" ? DEFECT_REST_MINUTES : 0;
  const minutes = Math.max(rest, age.maxStalenessMinutes);
  return new Date((lastEndedAt ?? age.now).getTime() + (lastEndedAt ? minutes * 60_000 : 0));
}

/**
 * Seconds until the present phase is through at the speed last measured; null when that cannot be
 * known. `rate` is in rows a second, `total` null where a phase does not know its own.
 */
export function secondsLeft(progress: {
  done: number | null;
  total: number | null;
  rate: number | null;
}): number | null {
  const { done, total, rate } = progress;
  if (total === null || rate === null || rate <= 0) return null;
  return Math.ceil(Math.max(0, total - (done ?? 0)) / rate);
}
