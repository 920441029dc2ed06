import { DateTime } from "luxon";
import { z } from "zod";
import { dayNumber, dayText } from "../../ad-plan/days";
import { GraphError, invalidParameter } from "../graph/graph-error";
import type { Params } from "../graph/params";

/** Days since 1970, both ends inclusive. */
export interface Period {
  since: number;
  until: number;
}

const range = z.object({ since: z.string(), until: z.string() });

/** The days asked for: `time_range`, `date_preset`, or the last 30 days before today. */
export function askedRange(params: Params, zone: string, now: number): Period {
  const today = DateTime.fromMillis(now, { zone });
  const given = params.json("time_range", range);
  const asked = given ? spelled(given) : preset(params.text("date_preset") ?? "last_30d", today);
  if (asked.since > asked.until) {
    throw invalidParameter("time range start date must be before or equal to end date");
  }
  if (asked.since < dayNumber(today.minus({ months: 37 }).toFormat("yyyy-MM-dd"))) {
    throw new GraphError(3018);
  }
  return asked;
}

/** The range cut by `time_increment`: 1 to 90 days, `monthly`, or one piece. */
export function cutBy(increment: string | null, { since, until }: Period): Period[] {
  if (increment === null || increment === "all_days") return [{ since, until }];
  if (increment === "monthly") return months(since, until);
  const days = Number(increment);
  if (!Number.isInteger(days) || days < 1 || days > 90) {
    throw invalidParameter(
      "Param time_increment must be an integer between 1 and 90, monthly or all_days",
    );
  }
  const pieces: Period[] = [];
  for (let day = since; day <= until; day += days) {
    pieces.push({ since: day, until: Math.min(day + days - 1, until) });
  }
  return pieces;
}

function months(since: number, until: number): Period[] {
  const pieces: Period[] = [];
  for (let day = since; day <= until; ) {
    const end = DateTime.fromISO(dayText(day), { zone: "utc" }).endOf("month");
    const last = Math.min(dayNumber(end.toFormat("yyyy-MM-dd")), until);
    pieces.push({ since: day, until: last });
    day = last + 1;
  }
  return pieces;
}

function spelled({ since, until }: z.infer<typeof range>): Period {
  try {
    return { since: dayNumber(since), until: dayNumber(until) };
  } catch {
    throw invalidParameter("Must be a date representation in the format YYYY-MM-DD");
  }
}

function preset(name: string, today: DateTime): Period {
  const of = (from: DateTime, to: DateTime): Period => ({
    since: dayNumber(from.toFormat("yyyy-MM-dd")),
    until: dayNumber(to.toFormat("yyyy-MM-dd")),
  });
  const yesterday = today.minus({ days: 1 });
  const last = /^last_(\d+)d$/.exec(name);
  if (last) return of(today.minus({ days: Number(last[1]) }), yesterday);
  const sunday = today.minus({ days: today.weekday % 7 });
  const span = (unit: "month" | "quarter" | "year", back: number) => {
    const start = today.startOf(unit).minus({ [unit]: back });
    return of(start, back === 0 ? today : start.endOf(unit));
  };
  switch (name) {
    case "today":
      return of(today, today);
    case "yesterday":
      return of(yesterday, yesterday);
    case "this_week_mon_today":
      return of(today.startOf("week"), today);
    case "this_week_sun_today":
      return of(sunday, today);
    case "last_week_mon_sun":
      return of(
        today.startOf("week").minus({ weeks: 1 }),
        today.startOf("week").minus({ days: 1 }),
      );
    case "last_week_sun_sat":
      return of(sunday.minus({ weeks: 1 }), sunday.minus({ days: 1 }));
    case "this_month":
    case "this_quarter":
    case "this_year":
      return span(name.slice(5) as "month" | "quarter" | "year", 0);
    case "last_month":
    case "last_quarter":
    case "last_year":
      return span(name.slice(5) as "month" | "quarter" | "year", 1);
    case "maximum":
    case "data_maximum":
      return of(today.minus({ months: 37 }), today);
    default:
      throw invalidParameter(`Param date_preset must be one of {…}: ${name} is none of them`);
  }
}
