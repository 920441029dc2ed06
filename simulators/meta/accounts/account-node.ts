import { DateTime } from "luxon";
import { dayNumber } from "../../ad-plan/days";
import { dollars } from "../../ad-plan/money";
import type { PlainObject } from "../graph/fields";
import type { AdAccountWorld } from "./world";

/** An ad account as Meta shows it; money as strings of minor units, but `min_daily_budget`. */
export function accountNode(account: AdAccountWorld, at: number): PlainObject {
  const { options, currency } = account;
  const zone = options.plan.zone;
  const status = account.accountStatus(at);
  const opened = DateTime.fromISO(options.plan.from, { zone }).minus({ days: 30 });
  return {
    id: account.id,
    account_id: options.id,
    name: options.name,
    currency,
    timezone_name: zone,
    timezone_offset_hours_utc: DateTime.fromMillis(at, { zone }).offset / 60,
    account_status: status,
    disable_reason: status === 2 ? 1 : 0,
    amount_spent: String(amountSpent(account, at)),
    balance: "0",
    spend_cap: account.written(account.id, "spend_cap", at) ?? "0",
    min_daily_budget: minimumBudget(currency),
    created_time: opened.toFormat("yyyy-MM-dd'T'HH:mm:ssZZZ"),
    age: DateTime.fromMillis(at, { zone }).diff(opened, "days").days,
    is_personal: 0,
    is_prepay_account: false,
    user_tasks: ["DRAFT", "ANALYZE", "ADVERTISE", "MANAGE"],
    ...(options.business
      ? { business: options.business, business_name: options.business.name }
      : {}),
  };
}

/** The least daily budget in minor units: a dollar's worth. */
export function minimumBudget(currency: string): number {
  return dollars(1, currency);
}

/** `/act_X/minimum_budgets`: the least daily budget by what is charged for, minor units. */
export function minimumBudgets(currency: string): PlainObject[] {
  return [
    {
      currency,
      min_daily_budget_imp: minimumBudget(currency),
      min_daily_budget_video_views: minimumBudget(currency),
      min_daily_budget_high_freq: dollars(5, currency),
      min_daily_budget_low_freq: dollars(40, currency),
    },
  ];
}

/** Everything spent so far, minor units. */
function amountSpent(account: AdAccountWorld, at: number): number {
  let total = 0;
  const last = account.plan.dayAt(at);
  for (let day = dayNumber(account.options.plan.from); day <= last; day += 1) {
    for (const seen of account.seen(day, at)) total += seen.spend;
  }
  return total;
}
