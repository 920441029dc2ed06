import { type InFlight, isUnderWay } from "~/sync/sync-state";
import { errorWords } from "./error-words";

/** What Home shows of a shop's synchronisation; instants are ISO strings. */
export interface SyncView {
  lastSuccessAt: string | null;
  /** null also while the next update is only planned. */
  running: RunningView | null;
  /** Why the newest job failed and what to do, in words for people; null when it did not. */
  error: string | null;
  /** The newest job was canceled by a person. */
  stopped: boolean;
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
  platform: "SHOPIFY" | "META";
  lastSuccessAt: Date | null;
  running:
    | (InFlight & {
        phase: string | null;
        done: number | null;
        total: number | null;
        rate: number | null;
        firstLightAt: Date | null;
      })
    | null;
  lastError: { code: string } | null;
  errorKind: string | null;
}

/** The state of a shop's jobs as a page is given it. */
export function syncView(state: SyncState, now: Date): SyncView {
  const { platform, lastSuccessAt, running, lastError, errorKind: kind } = state;
  const stopped = kind === "STOPPED";
  const words = lastError && !stopped ? errorWords({ platform, code: lastError.code, kind }) : null;
  return {
    lastSuccessAt: lastSuccessAt?.toISOString() ?? null,
    running:
      running && isUnderWay(running, now)
        ? {
            backfill: running.jobType.startsWith("HISTORICAL"),
            phase: running.phase,
            done: running.done ?? 0,
            total: running.total,
            rate: running.rate,
            firstLight: running.firstLightAt !== null,
          }
        : null,
    error: words && `${words.what} ${words.todo}`,
    stopped,
  };
}
