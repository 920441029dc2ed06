import type { AdPlanOptions } from "../ad-plan/types";

export interface MetaUser {
  id: string;
  name: string;
  /** Ids without `act_` of the ad accounts this person may see; left out: all. */
  adAccounts?: string[];
}

export interface AdAccountOptions {
  /** Digits, without `act_`. */
  id: string;
  name: string;
  /** 1 ACTIVE (default), 2 DISABLED, 3 UNSETTLED, 9 IN_GRACE_PERIOD, 101 CLOSED … */
  status?: number;
  business?: { id: string; name: string };
  /** What it runs; zone and currency of the account are the plan's. */
  plan: AdPlanOptions;
}

export interface MetaLimits {
  /** What the headers call the app's tier; with it come the numbers below unless they are given. */
  tier: "development_access" | "standard_access";
  /** Calls an hour and ad account, before what active ads add. */
  insightsPerHour: number;
  managementPerHour: number;
  /** Account score (a read counts 1, a write 3), decaying over 300 s, and how long it blocks. */
  score: number;
  scoreBlockSeconds: number;
  /** Calls an hour of the whole app, per user it has. */
  appPerHour: number;
  mutationsPerSecond: number;
  /** Rows before paging above which a synchronous answer is refused (100/1487534), an asynchronous one fails (-3/1504045). */
  syncRows: number;
  asyncRows: number;
  /** Fields times `limit` above which a page of objects is refused (code 1). */
  pageCells: number;
}

export interface MetaPacing {
  /** Milliseconds of the machine's clock that a report is Not Started, then running. */
  asyncStartMs: number;
  asyncRunMs: number;
}

export interface MetaOptions {
  appId: string;
  appSecret: string;
  appName?: string;
  /** As in the app's dashboard: the dialog refuses every other one. */
  redirectUris: string[];
  /** Left out: three accounts of different currency, zone and state. */
  accounts?: AdAccountOptions[];
  /** Left out: one person who sees every account. */
  users?: MetaUser[];
  /** Where tokens and writes survive a restart; left out: a temporary folder. */
  stateDir?: string;
  now?: () => Date;
  /** "Require app secret" in the app's settings. */
  requireProof?: boolean;
  limits?: Partial<MetaLimits>;
  pacing?: Partial<MetaPacing>;
  /** Told of what went wrong inside the stand-in; silent when left out. */
  report?: (message: string) => void;
}

const STANDARD: MetaLimits = {
  tier: "standard_access",
  insightsPerHour: 190_000,
  managementPerHour: 100_000,
  score: 9_000,
  scoreBlockSeconds: 60,
  appPerHour: 200_000,
  mutationsPerSecond: 100,
  syncRows: 10_000,
  asyncRows: 100_000,
  pageCells: 20_000,
};

const DEVELOPMENT: MetaLimits = {
  ...STANDARD,
  tier: "development_access",
  insightsPerHour: 600,
  managementPerHour: 300,
  score: 60,
  scoreBlockSeconds: 300,
};

export function limitsOf(given: Partial<MetaLimits> = {}): MetaLimits {
  return { ...(given.tier === "development_access" ? DEVELOPMENT : STANDARD), ...given };
}

export const DEFAULT_PACING: MetaPacing = { asyncStartMs: 300, asyncRunMs: 700 };

/** Versions that serve; older ones are past their end (2635), later ones not there yet. */
export const VERSIONS = ["v25.0", "v26.0"];
