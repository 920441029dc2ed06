import { useFetcher } from "@remix-run/react";
import { useEffect } from "react";
import type { SyncPageView } from "./sync-page-view";

const BUSY_MS = 2_000;
/** What the schedule does shows up without a reload, too. */
const QUIET_MS = 30_000;

/** The page's data as it last came: asked for again every 2 s while a job runs, else every 30 s. */
export function useSyncPage(given: SyncPageView): SyncPageView {
  const { load, data, state } = useFetcher<SyncPageView>();
  const view = data && data.now > given.now ? data : given;
  const busy = view.platforms.some(({ running }) => running !== null);
  useEffect(() => {
    if (state !== "idle") return;
    const timer = setTimeout(() => load("/app/sync"), busy ? BUSY_MS : QUIET_MS);
    return () => clearTimeout(timer);
  }, [busy, state, load]);
  return view;
}
