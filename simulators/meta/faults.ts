import { z } from "zod";

const matchSchema = z.object({
  /** Part of the path behind the origin, such as `/insights`. */
  path: z.string().optional(),
  method: z.string().toUpperCase().optional(),
  /** With or without `act_`. */
  ad_account: z.string().optional(),
  token: z.string().optional(),
});

const errorSchema = z.union([
  z.object({
    code: z.number().int(),
    subcode: z.number().int().optional(),
    message: z.string().optional(),
  }),
  z.object({ status: z.number().int().min(400).max(599), body: z.string().optional() }),
  /** Seconds without an answer before the connection ends. */
  z.object({ timeout: z.number().positive() }),
  /** The answer ends in its middle. */
  z.object({ cut: z.literal(true) }),
  /** What becomes of the asynchronous report that the call starts. */
  z.object({ report: z.enum(["fail", "skip", "stuck", "too_large"]) }),
]);

export const faultSchema = z.object({
  match: matchSchema.default({}),
  error: errorSchema,
  /** How many calls it meets. */
  times: z.number().int().positive().default(1),
});

export type Fault = z.infer<typeof faultSchema>;
export type FaultError = Fault["error"];

export interface FaultedCall {
  path: string;
  method: string;
  adAccount: string | null;
  token: string | null;
}

/** Errors that were ordered; each meets the calls it matches, oldest first, and is used up. */
export class FaultList {
  private faults: (Fault & { met: number })[] = [];

  add(fault: Fault): void {
    this.faults.push({ ...fault, met: 0 });
  }

  clear(): void {
    this.faults = [];
  }

  all(): (Fault & { met: number })[] {
    return this.faults;
  }

  /** The fault that meets this call, counted as met; null for none. */
  take(call: FaultedCall): FaultError | null {
    const fault = this.faults.find((one) => one.met < one.times && meets(one, call));
    if (!fault) return null;
    fault.met += 1;
    return fault.error;
  }
}

function meets({ match, error }: Fault, call: FaultedCall): boolean {
  if ("report" in error && !(call.method === "POST" && call.path.endsWith("/insights")))
    return false;
  if (match.path !== undefined && !call.path.includes(match.path)) return false;
  if (match.method !== undefined && match.method !== call.method) return false;
  if (match.token !== undefined && match.token !== call.token) return false;
  const account = match.ad_account?.replace(/^act_/, "");
  return account === undefined || account === call.adAccount;
}
