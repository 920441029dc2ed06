/** What Home shows of a shop's synchronisation; instants are ISO strings. */
export interface SyncView {
  lastSuccessAt: string | null;
  running: RunningView | null;
  /** Why the newest job failed, in words for people; null when it did not. */
  error: string | null;
}

export interface RunningView {
  /** The whole history is being loaded, not only what is new. */
  backfill: boolean;
  phase: string | null;
  done: number;
  total: number | null;
  /** Orders per second, as last measured. */
  rate: number | null;
  /** The newest days stand already. */
  firstLight: boolean;
}

/** What is known of a shop's jobs (app/sync). */
export interface SyncState {
  lastSuccessAt: Date | null;
  running: {
    jobType: string;
    phase: string | null;
    done: number | null;
    total: number | null;
    rate: number | null;
    firstLightAt: Date | null;
  } | null;
  lastError: { code: string; message: string } | null;
}

/** The state of a shop's jobs as a page is given it. */
export function syncView({ lastSuccessAt, running, lastError }: SyncState): SyncView {
  return {
    lastSuccessAt: lastSuccessAt?.toISOString() ?? null,
    running: running && {
      backfill: running.jobType !== "INCREMENTAL",
      phase: running.phase,
      done: running.done ?? 0,
      total: running.total,
      rate: running.rate,
      firstLight: running.firstLightAt !== null,
    },
    error: lastError?.message ?? null,
  };
}
