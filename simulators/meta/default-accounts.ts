import { dayText } from "../ad-plan/days";
import { currencyOffset, dollars } from "../ad-plan/money";
import type { AdAccountOptions } from "./options";

const DAY = 86_400_000;
const business = { id: "338100200300401", name: "Northbound Goods" };

/** Three accounts with `days` days behind them: dollars, yen (offset 1), and a disabled one in euros. */
export function defaultAccounts(now: Date, days = 730, seed = 1): AdAccountOptions[] {
  const to = dayText(Math.floor(now.getTime() / DAY));
  const from = dayText(Math.floor(now.getTime() / DAY) - days);
  const plan = (n: number, zone: string, currency: string, scale: number) => ({
    seed: seed * 10 + n,
    from,
    to,
    zone,
    currency,
    scale,
  });
  return [
    {
      id: "1042231271137151",
      name: "Northbound US",
      business,
      plan: plan(0, "America/New_York", "USD", 700),
    },
    {
      id: "339410370112233",
      name: "Northbound Japan",
      business,
      plan: plan(1, "Asia/Tokyo", "JPY", 40_000),
    },
    {
      id: "120330447700112",
      name: "Northbound EU (old)",
      status: 2,
      plan: plan(2, "Europe/Berlin", "EUR", 120),
    },
  ];
}

/** Spend a day, whole units, whose clicks bring about two fifths of so many orders a day. */
export function adScale(ordersPerDay: number, currency: string): number {
  return Math.max(1, Math.round((ordersPerDay * dollars(27, currency)) / currencyOffset(currency)));
}
