interface Stage {
  words: string;
  /** Its part of the whole bar, in percent: a bar that starts anew with each step tells nothing. */
  from: number;
  to: number;
  /** What it counts are the shop's orders, so that count, speed and time left mean something. */
  countsOrders: boolean;
}

const STAGES: Record<string, Stage> = {
  START: { words: "Asking Shopify for your history", from: 0, to: 2, countsOrders: false },
  FIRST_LIGHT: { words: "Reading the last 7 days", from: 2, to: 6, countsOrders: false },
  BULK_WAIT: { words: "Shopify is preparing your orders", from: 6, to: 40, countsOrders: true },
  LOAD: { words: "Downloading your orders", from: 40, to: 50, countsOrders: false },
  TRANSFORM: { words: "Reading your orders", from: 50, to: 94, countsOrders: true },
  REREAD: { words: "Reading refunds and edits", from: 94, to: 96, countsOrders: false },
  COUNT_CHECK: { words: "Checking against Shopify", from: 96, to: 98, countsOrders: false },
  ROLLUP: { words: "Adding up your days", from: 98, to: 100, countsOrders: false },
};

/** Jobs that know how far they are by what they count alone. */
const WHOLE = { from: 0, to: 100, countsOrders: false } as const;
const OTHER_STAGES: Record<string, Stage> = {
  INCREMENTAL: { words: "Reading new and changed orders", ...WHOLE },
  DETAILS: { words: "Reading parcels, returns and refunded items", ...WHOLE },
  RECONCILE: { words: "Checking your days against Shopify's report", ...WHOLE },
  ADS_RECENT: { words: "Reading the last days of your ads", ...WHOLE },
  ADS_HISTORY: { words: "Reading the history of your ads", ...WHOLE },
};

const WAITING: Stage = { words: "Waiting to start", from: 0, to: 0, countsOrders: false };
const UNKNOWN: Stage = { words: "Loading", from: 0, to: 100, countsOrders: true };

export interface Progress {
  /** What is being done, in plain words. */
  words: string;
  /** Of the whole way, 0 to 100. */
  percent: number;
  /** Orders read and to be read; null where the step counts something else. */
  orders: { done: number; total: number } | null;
}

/** Where a job stands on its whole way (the phases are those of workers/syncs). */
export function progressOf(phase: string | null, done: number, total: number | null): Progress {
  const stage = phase === null ? WAITING : (STAGES[phase] ?? OTHER_STAGES[phase] ?? UNKNOWN);
  const share = total ? Math.min(1, done / total) : 0;
  return {
    words: stage.words,
    percent: Math.floor(stage.from + (stage.to - stage.from) * share),
    orders: total && stage.countsOrders ? { done: Math.min(done, total), total } : null,
  };
}
