import { useFetcher, useRevalidator } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";
import type { SyncView } from "./sync-view";

const POLL_MS = 2_000;

export interface WatchedSync {
  sync: SyncView;
  /** A backfill has run while this page stood, whether or not it still does. */
  sawBackfill: boolean;
}

/**
 * The state of the synchronisation, asked for every 2 s while a job runs. When the newest days have
 * come and when the job has ended, the page's own data is read again, once each.
 */
export function useSyncStatus(initial: SyncView): WatchedSync {
  const { load, data, state } = useFetcher<SyncView>();
  const { revalidate } = useRevalidator();
  const sync = useNewest(initial, data);
  const stage = stageOf(sync);
  const shown = useRef(stage);

  useEffect(() => {
    if (stage === "idle" || state !== "idle") return;
    const timer = setTimeout(() => load("/app/sync-status"), POLL_MS);
    return () => clearTimeout(timer);
  }, [stage, state, load]);

  useEffect(() => {
    if (shown.current === stage) return;
    shown.current = stage;
    revalidate();
  }, [stage, revalidate]);

  const backfilling = sync.running?.backfill ?? false;
  const [sawBackfill, setSawBackfill] = useState(backfilling);
  useEffect(() => {
    if (backfilling) setSawBackfill(true);
  }, [backfilling]);
  return { sync, sawBackfill };
}

/** Whichever came last: what the page was given, or what was asked for since. */
function useNewest(given: SyncView, asked: SyncView | undefined): SyncView {
  const [newest, setNewest] = useState(given);
  useEffect(() => setNewest(given), [given]);
  useEffect(() => {
    if (asked) setNewest(asked);
  }, [asked]);
  return newest;
}

function stageOf({ running }: SyncView): "idle" | "dark" | "light" {
  if (!running) return "idle";
  return running.firstLight ? "light" : "dark";
}
