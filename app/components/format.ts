import type { MetricDefinition } from "~/metrics/definitions";

/** How figures are written: passed from the server, so that both sides write the same. */
export interface Writing {
  /** BCP 47: the person's own. */
  locale: string;
  /** ISO 4217: the shop's. */
  currency: string;
}

/** What stands where there is no value (a ratio over 0). */
export const NO_VALUE = "—";

/** A decimal string in the shop's currency; Intl takes the digits as they are, without a float. */
export function formatMoney(amount: string, { locale, currency }: Writing): string {
  return new Intl.NumberFormat(locale, { style: "currency", currency }).format(
    amount as Intl.StringNumericLiteral,
  );
}

export function formatCount(count: number | bigint, locale: string): string {
  return new Intl.NumberFormat(locale).format(count);
}

/** A metric's value as its unit is written; an em dash for null. */
export function formatMetric(
  value: string | number | null,
  unit: MetricDefinition["unit"],
  writing: Writing,
): string {
  if (value === null) return NO_VALUE;
  if (unit === "count") return formatCount(Number(value), writing.locale);
  if (unit === "ratio") return formatPercent(String(value), writing.locale);
  if (unit === "multiple") return formatMultiple(String(value), writing.locale);
  return formatMoney(String(value), writing);
}

/** A fraction such as "0.1234" as a percentage with one decimal. */
export function formatPercent(fraction: string, locale: string): string {
  return new Intl.NumberFormat(locale, {
    style: "percent",
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  }).format(fraction as Intl.StringNumericLiteral);
}

/** A quotient of two amounts such as "3.4217" as how many times the one holds the other: "3.42×". */
export function formatMultiple(multiple: string, locale: string): string {
  const digits = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  return `${new Intl.NumberFormat(locale, digits).format(multiple as Intl.StringNumericLiteral)}×`;
}

/** For axes: as short as it may be. */
export function formatAxisMultiple(multiple: number, locale: string): string {
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(multiple)}×`;
}

/** For axes: money without cents, thousands as K. */
export function formatAxisMoney(amount: number, { locale, currency }: Writing): string {
  return new Intl.NumberFormat(locale, {
    style: "currency",
    currency,
    notation: "compact",
    maximumFractionDigits: 1,
  }).format(amount);
}

/** The app speaks English: dates follow the person's English, and plain English for all others. */
function textLocale(locale: string): string {
  return locale.startsWith("en") ? locale : "en";
}

/** For a day that stands alone. */
export const LONG_DAY = {
  weekday: "short",
  month: "short",
  day: "numeric",
  year: "numeric",
} as const;

/** A calendar day (`YYYY-MM-DD`), which has no time zone. */
export function formatDay(
  day: string,
  locale: string,
  options: Intl.DateTimeFormatOptions = { month: "short", day: "numeric" },
): string {
  return new Intl.DateTimeFormat(textLocale(locale), { ...options, timeZone: "UTC" }).format(
    new Date(`${day}T00:00:00Z`),
  );
}

/** "Oct 1 – 30, 2026", or one day alone. Both ends inclusive. */
export function formatDays({ from, to }: { from: string; to: string }, locale: string): string {
  const long = { month: "short", day: "numeric", year: "numeric", timeZone: "UTC" } as const;
  return new Intl.DateTimeFormat(textLocale(locale), long).formatRange(
    new Date(`${from}T00:00:00Z`),
    new Date(`${to}T00:00:00Z`),
  );
}

/** An instant (ISO) to the minute, on the clock of `timezone`. */
export function formatInstant(instant: string, locale: string, timezone: string): string {
  return new Intl.DateTimeFormat(textLocale(locale), {
    dateStyle: "medium",
    timeStyle: "short",
    timeZone: timezone,
  }).format(new Date(instant));
}

/** The time of day of an instant (ISO), on the clock of `timezone`. */
export function formatClock(instant: string, locale: string, timezone: string): string {
  return new Intl.DateTimeFormat(textLocale(locale), {
    timeStyle: "short",
    timeZone: timezone,
  }).format(new Date(instant));
}

const STEPS = [
  { unit: "day", seconds: 86_400 },
  { unit: "hour", seconds: 3_600 },
  { unit: "minute", seconds: 60 },
] as const;

/** "just now", "3 minutes ago", "2 days ago". */
export function formatAgo(instant: string, now: string): string {
  const seconds = Math.max(0, (Date.parse(now) - Date.parse(instant)) / 1000);
  const step = STEPS.find((candidate) => seconds >= candidate.seconds);
  if (!step) return "just now";
  return new Intl.RelativeTimeFormat("en").format(-Math.floor(seconds / step.seconds), step.unit);
}

/** "about 4 minutes", for what is still to come. */
export function formatDuration(seconds: number): string {
  if (seconds < 60) return "less than a minute";
  const step = STEPS.find((candidate) => seconds >= candidate.seconds) ?? STEPS[2];
  const count = Math.round(seconds / step.seconds);
  return `about ${count} ${step.unit}${count === 1 ? "" : "s"}`;
}

/** "4 s", "3 min 20 s", "2 h 5 min", for what is over. */
export function formatTook(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  const [hours, minutes, rest] = [
    Math.floor(whole / 3600),
    Math.floor(whole / 60) % 60,
    whole % 60,
  ];
  if (hours) return minutes ? `${hours} h ${minutes} min` : `${hours} h`;
  if (minutes) return rest ? `${minutes} min ${rest} s` : `${minutes} min`;
  return `${rest} s`;
}
