/**
 * Which rows of a table a rollup looks at, and on which day of the shop each lies.
 * Parameters: $1 shop, $2 zone, $3 days (date[]; absent when everything is rolled up).
 */
export interface DayScope {
  join: string;
  day: string;
}

/**
 * The day is always `(instant AT TIME ZONE zone)::date`. The window around it only lets the index
 * on the instant help: it is wide enough for every zone (−12 to +14 hours), because a day's own
 * first instant is not `day::timestamp AT TIME ZONE zone` where clocks are put back at midnight.
 */
export function dayScope(instant: string, all: boolean): DayScope {
  const day = `(${instant} AT TIME ZONE $2)::date`;
  if (all) return { join: "", day };
  return {
    join: `JOIN unnest($3::date[]) AS wanted(day)
      ON ${instant} >= wanted.day::timestamp AT TIME ZONE 'UTC' - interval '15 hours'
      AND ${instant} < wanted.day::timestamp AT TIME ZONE 'UTC' + interval '39 hours'
      AND ${day} = wanted.day`,
    day: "wanted.day",
  };
}
