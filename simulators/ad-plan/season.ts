import { dayText } from "./days";

const MONTHS = [0.8, 0.85, 0.95, 0.95, 1, 0.95, 0.9, 0.95, 1, 1.05, 1.3, 1.3];
/** Share of a day's delivery by hour of the account's own clock. */
const HOURS = [3, 2, 1, 1, 1, 2, 3, 4, 5, 5, 5, 5, 5, 5, 5, 5, 5, 6, 6, 7, 7, 6, 5, 4];
const CURVE = [0];
for (const hour of HOURS) CURVE.push((CURVE.at(-1) ?? 0) + hour);
const WHOLE = CURVE.at(-1) ?? 1;

/** What a budget is worth in a month: budgets are raised for the season and as the account grows. */
export function seasonOf(day: number, fromDay: number): number {
  const month = Number(dayText(day).slice(5, 7));
  const quarters = Math.floor((day - fromDay) / 91);
  return (MONTHS[month - 1] ?? 1) * Math.min(1.6, 0.85 + quarters * 0.04);
}

/** What an impression costs against an ordinary day: auctions are dear in the last days of November. */
export function auctionOf(day: number): number {
  const [month, date] = dayText(day).slice(5).split("-").map(Number);
  if (month === 11 && (date ?? 0) >= 20) return 1.45;
  return month === 12 && (date ?? 0) <= 22 ? 1.25 : 1;
}

/** Share of a day's delivery that has happened when `passed` (0 to 1) of the day has. Never falls. */
export function deliveredBy(passed: number): number {
  if (passed <= 0) return 0;
  if (passed >= 1) return 1;
  const hour = Math.floor(passed * 24);
  const before = CURVE[hour] ?? 0;
  const within = (HOURS[hour] ?? 0) * (passed * 24 - hour);
  return (before + within) / WHOLE;
}
