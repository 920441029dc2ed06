import type { MetaView } from "./meta-view";
import type { SyncView } from "./sync-view";

/** What Home asks for every 2 seconds while something moves. */
export interface HomeStatus {
  sync: SyncView;
  /** null: Meta is not offered. */
  meta: MetaView | null;
}

/**
 * Where everything stands, as one word: when it changes, the page's own figures are old. Progress
 * within a job changes nothing but itself.
 */
export function statusStage({ sync, meta }: HomeStatus): string {
  const ads = meta ? `${meta.stage}/${meta.chosen?.id ?? "none"}/${jobStage(meta.sync)}` : "off";
  return `${jobStage(sync)}/${ads}`;
}

/** Whether a job runs, so that asking again soon shows something new. */
export function isMoving({ sync, meta }: HomeStatus): boolean {
  return sync.running !== null || (meta?.sync.running ?? null) !== null;
}

function jobStage({ running }: SyncView): "idle" | "dark" | "light" {
  if (!running) return "idle";
  return running.firstLight ? "light" : "dark";
}
