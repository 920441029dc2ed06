import { useFetcher, useRevalidator } from "@remix-run/react";
import { useEffect, useRef } from "react";
import type { SyncView } from "./sync-view";

const POLL_MS = 2_000;

/**
 * The state of the synchronisation, asked for every 2 s while a job runs. When the newest days have
 * come and when the job has ended, the page's own data is read again, once each.
 */
export function useSyncStatus(initial: SyncView): SyncView {
  const { load, data, state } = useFetcher<SyncView>();
  const { revalidate } = useRevalidator();
  const sync = data ?? initial;
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

  return sync;
}

function stageOf({ running }: SyncView): "idle" | "dark" | "light" {
  if (!running) return "idle";
  return running.firstLight ? "light" : "dark";
}
