import type { PlanAdSet, PlanCampaign } from "../../ad-plan/types";
import type { AdAccountWorld } from "../accounts/world";
import type { PlainObject } from "../graph/fields";

/** An object's budget now, minor units; null where another level holds it. */
export function budgetNow(
  account: AdAccountWorld,
  holder: PlanCampaign | PlanAdSet,
  at: number,
): number | null {
  const written = account.written(holder.id, `${holder.budget?.kind}_budget`, at);
  if (written !== undefined) return Number(written);
  return account.plan.budgetOn(holder, account.plan.dayAt(at));
}

/** Spent out of a budget: today of a daily one, since its start of a lifetime one. Minor units. */
export function spentOf(
  account: AdAccountWorld,
  holder: PlanCampaign | PlanAdSet,
  at: number,
): number {
  const today = account.plan.dayAt(at);
  const from = holder.budget?.kind === "lifetime" ? holder.startDay : today;
  const last = Math.min(today, holder.endDay ?? today);
  let spent = 0;
  for (let day = from; day <= last; day += 1) {
    for (const seen of account.seen(day, at)) {
      const { adSet } = seen.ad;
      if (adSet === holder || adSet.campaign === holder) spent += seen.spend;
    }
  }
  return spent;
}

/** `daily_budget` or `lifetime_budget`, and what remains; nothing where another level holds it. */
export function budgetFields(
  account: AdAccountWorld,
  holder: PlanCampaign | PlanAdSet,
  at: number,
): PlainObject {
  const budget = budgetNow(account, holder, at);
  if (!holder.budget || budget === null) return {};
  const remaining = Math.max(0, budget - spentOf(account, holder, at));
  return { [`${holder.budget.kind}_budget`]: String(budget), budget_remaining: String(remaining) };
}
