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
 * come and when the job has ended, the page's own data is read again first: no end is shown above
 * figures from before it.
 */
export function useSyncStatus(given: SyncView): WatchedSync {
  const { load, data: asked, state } = useFetcher<SyncView>();
  const { revalidate, state: rereading } = useRevalidator();
  const [sync, setSync] = useState(given);
  const heard = useRef<SyncView>();
  useEffect(() => setSync(given), [given]);

  useEffect(() => {
    if (!asked || heard.current === asked) return;
    heard.current = asked;
    if (stageOf(asked) === stageOf(sync)) setSync(asked);
    else revalidate();
  }, [asked, sync, revalidate]);

  const resting = state === "idle" && rereading === "idle";
  const stage = stageOf(sync);
  useEffect(() => {
    if (stage === "idle" || !resting) return;
    const timer = setTimeout(() => load("/app/sync-status"), POLL_MS);
    return () => clearTimeout(timer);
  }, [stage, resting, load]);

  const backfilling = sync.running?.backfill ?? false;
  const [sawBackfill, setSawBackfill] = useState(backfilling);
  useEffect(() => {
    if (backfilling) setSawBackfill(true);
  }, [backfilling]);
  return { sync, sawBackfill };
}

function stageOf({ running }: SyncView): "idle" | "dark" | "light" {
  if (!running) return "idle";
  return running.firstLight ? "light" : "dark";
}
