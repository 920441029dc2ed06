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
 * open. A new stage (newest days there, job ended, Meta connected) is shown when the page's own data
 * has been read again, so that what is said of the figures is always said of those on the page.
 */
export function useHomeStatus(given: HomeStatus): WatchedStatus {
  const { load, data, state } = useFetcher<HomeStatus>();
  const status = useShown(given, data);
  const [awaitingMeta, awaitMeta] = useLoginWindow(status.meta?.stage);
  const asking = awaitingMeta || isMoving(status);

  useEffect(() => {
    if (!asking || state !== "idle") return;
    const timer = setTimeout(() => load("/app/sync-status"), POLL_MS);
    return () => clearTimeout(timer);
  }, [asking, state, load]);

  const backfilling = status.sync.running?.backfill ?? false;
  const [sawBackfill, setSawBackfill] = useState(backfilling);
  useEffect(() => {
    if (backfilling) setSawBackfill(true);
  }, [backfilling]);
  return { ...status, sawBackfill, awaitingMeta, awaitMeta };
}

/** What came last of the page's own data and of what was asked for, a new stage from the former alone. */
function useShown(given: HomeStatus, asked: HomeStatus | undefined): HomeStatus {
  const { revalidate } = useRevalidator();
  const [shown, setShown] = useState(given);
  const stage = useRef(statusStage(given));
  useEffect(() => {
    stage.current = statusStage(given);
    setShown(given);
  }, [given]);
  useEffect(() => {
    if (!asked) return;
    if (statusStage(asked) === stage.current) setShown(asked);
    else revalidate();
  }, [asked, revalidate]);
  return shown;
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
