import type { SyncStateName } from "~/sync/sync-state";

export interface StateBadge {
  label: string;
  tone?: "info" | "success" | "attention" | "warning" | "critical";
}

/** A state as people call it. */
export const STATE_BADGES: Readonly<Record<SyncStateName, StateBadge>> = {
  never: { label: "Not loaded yet", tone: "attention" },
  backfilling: { label: "Loading history", tone: "info" },
  syncing: { label: "Updating", tone: "info" },
  fresh: { label: "Up to date", tone: "success" },
  stale: { label: "Update due", tone: "attention" },
  paused: { label: "Paused" },
  needs_user: { label: "Needs you", tone: "critical" },
  failed: { label: "Failed", tone: "critical" },
  disconnected: { label: "Not connected" },
};

export const PLATFORM_WORDS = {
  SHOPIFY: { name: "Shopify orders", short: "Shopify", data: "orders" },
  META: { name: "Meta ads", short: "Meta", data: "ads" },
} as const;

export const JOB_WORDS = {
  HISTORICAL_INIT: "First load of the history",
  HISTORICAL_REBUILD: "Rebuild of the history",
  INCREMENTAL: "Update",
  RECONCILE: "Check against Shopify's report",
} as const;

/** How a platform stands while nothing runs, in a sentence. */
export function idleWords(
  platform: keyof typeof PLATFORM_WORDS,
  state: SyncStateName,
  { stopped }: { stopped: boolean },
): string {
  const { data } = PLATFORM_WORDS[platform];
  switch (state) {
    case "fresh":
      return `Your ${data} are up to date.`;
    case "stale":
      return `New and changed ${data} are fetched by themselves in a moment.`;
    case "paused":
      return `Your ${data} are left alone until you press Resume. Your figures stay as they are.`;
    case "never":
      return stopped
        ? `Loading was canceled. Press Sync now to load your ${data}.`
        : `Your ${data} begin to load by themselves within minutes.`;
    case "disconnected":
      return `Connect Meta to set your ${data} against your sales.`;
    default:
      return "";
  }
}

/** What a rebuild does, before somebody asks for it. */
export function rebuildWords(platform: keyof typeof PLATFORM_WORDS): string {
  const { short, data } = PLATFORM_WORDS[platform];
  return `Merit reads all your ${data} from ${short} again, which can take a while. Your present figures stay until the new ones are complete.`;
}

/** What canceling a job does, before somebody does it. */
export const CANCEL_WORDS: Readonly<Record<keyof typeof JOB_WORDS, string>> = {
  HISTORICAL_INIT: "Loading stops. What was read is kept; it begins again when you press Sync now.",
  HISTORICAL_REBUILD: "The rebuild stops. Your figures stay, and updates go on as usual.",
  INCREMENTAL: "This update stops. The next one comes by itself.",
  RECONCILE: "The check stops. What it has put right stays; the next one comes by itself.",
};
