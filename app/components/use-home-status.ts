import { useFetcher, useRevalidator } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";
import { type HomeStatus, isMoving, statusStage } from "./home-status";

const POLL_MS = 2_000;
/** As long as a login at Meta may take; then nobody is coming back. */
const LOGIN_MS = 10 * 60_000;

export interface WatchedStatus extends HomeStatus {
  /** A backfill of orders has run while this page stood, whether or not it still does. */
  sawBackfill: boolean;
  /** A login at Meta is open in another window. */
  awaitingMeta: boolean;
  /** To be told when one was opened. */
  awaitMeta(): void;
}

/**
 * The state of what is synchronised, asked for every 2 s while a job runs or a login at Meta is
 * open. When a stage has changed (newest days there, job ended, Meta connected), the page's own data
 * is read again, once each.
 */
export function useHomeStatus(initial: HomeStatus): WatchedStatus {
  const { load, data, state } = useFetcher<HomeStatus>();
  const { revalidate } = useRevalidator();
  const status = useNewest(initial, data);
  const stage = statusStage(status);
  const shown = useRef(stage);
  const [awaitingMeta, awaitMeta] = useLoginWindow(status.meta?.stage);
  const asking = awaitingMeta || isMoving(status);

  useEffect(() => {
    if (!asking || state !== "idle") return;
    const timer = setTimeout(() => load("/app/sync-status"), POLL_MS);
    return () => clearTimeout(timer);
  }, [asking, state, load]);

  useEffect(() => {
    if (shown.current === stage) return;
    shown.current = stage;
    revalidate();
  }, [stage, revalidate]);

  const backfilling = status.sync.running?.backfill ?? false;
  const [sawBackfill, setSawBackfill] = useState(backfilling);
  useEffect(() => {
    if (backfilling) setSawBackfill(true);
  }, [backfilling]);
  return { ...status, sawBackfill, awaitingMeta, awaitMeta };
}

/** Whichever came last: what the page was given, or what was asked for since. */
function useNewest(given: HomeStatus, asked: HomeStatus | undefined): HomeStatus {
  const [newest, setNewest] = useState(given);
  useEffect(() => setNewest(given), [given]);
  useEffect(() => {
    if (asked) setNewest(asked);
  }, [asked]);
  return newest;
}

/** Waits from the opening of the login until Meta stands differently, or nobody can come back. */
function useLoginWindow(metaStage: string | undefined): [waiting: boolean, wait: () => void] {
  const [openedAt, setOpenedAt] = useState<string | null>(null);
  useEffect(() => {
    if (openedAt === null) return;
    const timer = setTimeout(() => setOpenedAt(null), LOGIN_MS);
    return () => clearTimeout(timer);
  }, [openedAt]);
  useEffect(() => {
    setOpenedAt((from) => (from === metaStage ? from : null));
  }, [metaStage]);
  return [openedAt !== null, () => setOpenedAt(metaStage ?? null)];
}
