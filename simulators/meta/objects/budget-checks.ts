import type { Budget } from "../../ad-plan/types";
import { minimumBudget } from "../accounts/account-node";
import { GraphError, invalidParameter } from "../graph/graph-error";

/** The budget a call sets, minor units; null when it sets none. Throws 100 on two, or on no integer. */
export function askedBudget(fields: Record<string, string>): Budget | null {
  const { daily_budget: daily, lifetime_budget: lifetime } = fields;
  if (daily !== undefined && lifetime !== undefined) {
    throw invalidParameter("You can set either daily_budget or lifetime_budget, not both");
  }
  const kind = daily === undefined ? "lifetime" : "daily";
  const amount = daily ?? lifetime;
  if (amount === undefined) return null;
  if (!/^\d{1,12}$/.test(amount)) {
    throw invalidParameter(`Param ${kind}_budget must be an integer`);
  }
  return { kind, amount: Number(amount) };
}

/** Throws 100/1885272 for a budget of fewer minor units than the currency's least. */
export function checkLeast(currency: string, amount: number): void {
  const least = minimumBudget(currency);
  if (amount >= least) return;
  throw new GraphError(100, 1885272, {
    title: "Your budget is too low",
    userMessage: `The minimum budget is ${least} (minor units of ${currency}).`,
  });
}

/** A campaign and its ad sets never both hold a budget. */
export function budgetElsewhere(): GraphError {
  return new GraphError(100, 1885621, {
    title: "Budget is set at another level",
    userMessage: "You can only set an ad set budget or a campaign budget.",
  });
}
