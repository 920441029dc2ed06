import type { JobType, Platform } from "~/sync/job-types";
import { createRandom, type Random } from "../../simulators/shopify/store/random";

/** Everything that can go wrong in a round. */
const STRIKES = [
  "kill one worker",
  "kill both workers",
  "freeze a worker beyond its lease",
  "lose the queue",
  "restart the database in good order",
  "crash the database",
  "cut the workers' connections",
  "Shopify errs",
  "Meta errs",
] as const;
export type Strike = (typeof STRIKES)[number];

/** What a person may want meanwhile. */
const WISHES = ["cancel", "pause and resume", "uninstall and install again"] as const;
export type Wish = (typeof WISHES)[number];

const PHASES = [
  ...["START", "FIRST_LIGHT", "BULK_WAIT", "LOAD", "TRANSFORM", "ROLLUP", "INCREMENTAL"],
  ...["ADS_HISTORY", "ADS_RECENT"],
];

/** What Shopify's stand-in is asked to do wrong, each of it an error that passes. */
const SHOPIFY_ERRORS = [
  { kind: "http_429", retry_after: 0.5, times: 2 },
  { kind: "http_5xx", status: 502, times: 2 },
  { kind: "http_5xx", retry_after: 0.5, times: 1 },
  { kind: "connection_cut", times: 2 },
  { kind: "throttled", times: 2 },
  { kind: "download_cut" },
  { kind: "bulk_failed" },
  { kind: "bulk_canceled" },
  { kind: "bulk_expired" },
  { kind: "bulk_limit_reached" },
  { kind: "token_expired" },
  { kind: "refresh_lost" },
] as const;

/** Nothing of limits: Meta does not say how long they last, and two minutes are then waited. */
const META_ERRORS = [
  { match: { path: "/insights" }, error: { report: "fail" } },
  { match: { path: "/insights" }, error: { report: "skip" } },
  { match: { path: "/insights" }, error: { report: "too_large" } },
  { match: { path: "/insights" }, error: { code: 100, subcode: 1487534 } },
  { error: { code: 2 }, times: 2 },
  { error: { status: 502, body: "<html>" }, times: 2 },
  { error: { cut: true } },
] as const;

const CHANGES = ["refund", "edit", "cancel", "fulfill"] as const;

/** One round, drawn whole before the first begins. Shops are named by their place. */
export interface Round {
  strike: Strike;
  /** Which of the two workers it meets. */
  victim: 0 | 1;
  /** When it strikes: once a job is seen in this phase, if that comes, or after so many milliseconds. */
  moment: { phase: string } | { afterMs: number };
  /** New orders of a shop, and what happens to orders that it had, by their place. */
  placed: { shop: number; seed: number; count: number };
  changed: { shop: number; place: number; action: (typeof CHANGES)[number] }[];
  /** Hours by which Meta's clock moves on, and with it what Meta knows. */
  metaHours: number;
  asked: { shop: number; platform: Platform; jobType: JobType }[];
  /** What a person does to a connection, before or after the strike; in most rounds. */
  wish: { wish: Wish; shop: number; platform: Platform; before: boolean } | null;
  shopifyError: { shop: number; error: (typeof SHOPIFY_ERRORS)[number] };
  metaError: (typeof META_ERRORS)[number];
}

/** `times` rounds of every strike, in an order and with particulars that the seed alone decides. */
export function drawRounds(seed: number, times: number, shops: number): Round[] {
  const random = createRandom(seed);
  const strikes = Array.from({ length: times }, () => STRIKES).flat();
  return shuffled(random, strikes).map((strike) => ({
    strike,
    victim: random.chance(0.5) ? 0 : 1,
    moment: random.chance(0.6) ? { phase: random.pick(PHASES) } : { afterMs: random.int(0, 900) },
    placed: {
      shop: random.int(0, shops - 1),
      seed: random.int(0, 1_000_000),
      count: random.int(1, 4),
    },
    changed: Array.from({ length: random.int(0, 3) }, () => ({
      shop: random.int(0, shops - 1),
      place: random.int(0, 1_000_000),
      action: random.pick(CHANGES),
    })),
    metaHours: random.int(0, 2),
    asked: Array.from({ length: 2 }, () => ({
      shop: random.int(0, shops - 1),
      platform: random.chance(0.7) ? ("SHOPIFY" as const) : ("META" as const),
      jobType: random.chance(0.6) ? ("INCREMENTAL" as const) : ("HISTORICAL_REBUILD" as const),
    })),
    wish: random.chance(0.7)
      ? {
          wish: random.pick(WISHES),
          shop: random.int(0, shops - 1),
          platform: random.chance(0.7) ? ("SHOPIFY" as const) : ("META" as const),
          before: random.chance(0.5),
        }
      : null,
    shopifyError: { shop: random.int(0, shops - 1), error: random.pick(SHOPIFY_ERRORS) },
    metaError: random.pick(META_ERRORS),
  }));
}

function shuffled<T>(random: Random, items: readonly T[]): T[] {
  const left = [...items];
  return items.flatMap(() => left.splice(random.int(0, left.length - 1), 1));
}
