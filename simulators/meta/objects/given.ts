import { z } from "zod";
import type { PlanAdSet, PlanCampaign } from "../../ad-plan/types";
import type { AdAccountWorld } from "../accounts/world";
import { invalidParameter } from "../graph/graph-error";
import type { Params } from "../graph/params";

const WRITTEN = ["daily_budget", "lifetime_budget", "bid_amount"];

/** A parameter that must be there. Throws 100. */
export function required(params: Params, name: string): string {
  const value = params.text(name)?.trim();
  if (!value) throw invalidParameter(`The parameter ${name} is required`);
  return value;
}

/** A parameter out of a set of words, `fallback` when it is left out. Throws 100. */
export function oneOf(
  params: Params,
  name: string,
  words: readonly string[],
  fallback?: string,
): string {
  const value = fallback === undefined ? required(params, name) : (params.text(name) ?? fallback);
  if (words.includes(value)) return value;
  throw invalidParameter(
    `Param ${name} must be one of {${words.join(", ")}} - got value: "${value}"`,
  );
}

/** Name, status (PAUSED unless given), budget and bid of a new object. Throws 100. */
export function writtenFields(params: Params): Record<string, string> {
  const written: Record<string, string> = {
    name: required(params, "name"),
    status: oneOf(params, "status", ["ACTIVE", "PAUSED"], "PAUSED"),
  };
  for (const name of WRITTEN) {
    const value = params.text(name);
    if (value !== null) written[name] = value;
  }
  return written;
}

/** Documents that are shown as they were given. Throws 100 where one is no object or list. */
export function documents(params: Params, names: string[]): Record<string, unknown> {
  const schema = z.union([z.record(z.string(), z.unknown()), z.array(z.unknown())]);
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = params.json<unknown>(name, schema);
      return value === null ? [] : [[name, value]];
    }),
  );
}

/** The campaign or ad set of this id, if it still lives. Throws 100. */
export function parentOf<P extends PlanCampaign | PlanAdSet>(
  account: AdAccountWorld,
  among: { kind: string; plan: P }[],
  id: string,
  at: number,
): P {
  const found = among.find(({ plan }) => plan.id === id);
  const status = found ? account.status(found.plan, at) : null;
  if (!found || status === null) throw invalidParameter(`The parent ${id} does not exist`);
  if (status === "DELETED" || status === "ARCHIVED") {
    throw invalidParameter(
      `Nothing can be added to the ${status.toLowerCase()} ${found.kind} ${id}`,
    );
  }
  return found.plan;
}
