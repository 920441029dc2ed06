/**
 * Who waits for a call. A person's and every write may use all that an API allows; background work
 * leaves a part of it to them.
 */
export type Urgency = "person" | "background";

/** What Shopify tells of a shop's bucket: points, and points a second. */
export interface Told {
  available: number;
  maximum: number;
  restoreRate: number;
}

/** A call that may be made after `waitMs`, or none (`call` null): to be asked for again after it. */
export interface Taken {
  call: string | null;
  waitMs: number;
}

/** A shop's bucket of points, shared by everybody who calls in its name. */
export interface PointBudget {
  /** Takes points for a call; `patienceMs` is the longest wait that the caller would accept. */
  take(wish: { points: number; urgency: Urgency; patienceMs: number }): Promise<Taken>;
  /** Ends a call. `charged` is null where nobody knows, `told` where no answer told it. Never throws. */
  settle(call: string, outcome: { charged: number | null; told: Told | null }): Promise<void>;
  /** The shop wants no call at all for a while. */
  block(ms: number): Promise<void>;
}

/** How much is used of what an API allows, in percent, and the time until it begins anew, if named. */
export interface Usage {
  usedPercent: number;
  resetMs: number | null;
}

/** Leave to make a call: the instant of the database at which it was given, or how long to wait. */
export type Leave = { waitMs: 0; at: string } | { waitMs: number; at: null };

/** What Meta still allows an ad account (`act_123`) and the whole app (`app`). */
export interface UsageBudget {
  ask(subject: string, urgency: Urgency): Promise<Leave>;
  /** What the answer to a call said of each subject. Never throws. */
  note(at: string, usages: ReadonlyMap<string, Usage>): Promise<void>;
}
