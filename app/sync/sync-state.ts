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

/** What the word is decided by; the fields are those of `SyncStatus`. */
export interface StateReading {
  connected: boolean;
  pausedAt: Date | null;
  lastSuccessAt: Date | null;
  running: { jobType: string } | null;
  /** Of the newest ended job; null when it succeeded. */
  errorKind: string | null;
}

interface Age {
  now: Date;
  maxStalenessMinutes: number;
}

/** The one decision of what a connection's state is called. What runs is said before all else. */
export function stateOf(reading: StateReading, age: Age): SyncStateName {
  const { connected, running, pausedAt, errorKind, lastSuccessAt } = reading;
  if (!connected) return "disconnected";
  if (running) return running.jobType === "INCREMENTAL" ? "syncing" : "backfilling";
  if (pausedAt) return "paused";
  if (errorKind === "NEEDS_USER") return "needs_user";
  // STOPPED is no failure: somebody wanted it so.
  if (errorKind && errorKind !== "STOPPED") return "failed";
  if (!lastSuccessAt) return "never";
  return isStale(lastSuccessAt, age) ? "stale" : "fresh";
}

/** Whether the last success is longer ago than it should be; what never succeeded is stale too. */
export function isStale(lastSuccessAt: Date | null, { now, maxStalenessMinutes }: Age): boolean {
  return !lastSuccessAt || now.getTime() - lastSuccessAt.getTime() > maxStalenessMinutes * 60_000;
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
