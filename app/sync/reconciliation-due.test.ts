import { expect, test } from "vitest";
import { reconciliationIsDue } from "./reconciliation-due";

const at = (text: string | null) => (text === null ? null : new Date(text));
const BACKFILL = "2026-01-01T00:00:00Z";

test.each([
  ["no history yet", "Europe/Berlin", null, null, "2026-06-10T10:00Z", false],
  ["right after the backfill", "Europe/Berlin", BACKFILL, null, "2026-01-01T00:01Z", true],
  [
    "right after another one",
    "Europe/Berlin",
    "2026-06-10T20:00Z",
    "2026-06-10T01:30Z",
    "2026-06-10T20:01Z",
    true,
  ],
  [
    "done since that one",
    "Europe/Berlin",
    "2026-06-10T20:00Z",
    "2026-06-10T20:02Z",
    "2026-06-10T20:03Z",
    false,
  ],
  // Berlin is at +2 in summer and +1 in winter.
  [
    "02:59 of the next night",
    "Europe/Berlin",
    BACKFILL,
    "2026-06-10T01:10Z",
    "2026-06-11T00:59Z",
    false,
  ],
  [
    "03:00 of the next night",
    "Europe/Berlin",
    BACKFILL,
    "2026-06-10T01:10Z",
    "2026-06-11T01:00Z",
    true,
  ],
  ["02:59 in winter", "Europe/Berlin", BACKFILL, "2026-02-10T02:10Z", "2026-02-11T01:59Z", false],
  ["03:00 in winter", "Europe/Berlin", BACKFILL, "2026-02-10T02:10Z", "2026-02-11T02:00Z", true],
  ["done tonight", "Europe/Berlin", BACKFILL, "2026-06-11T01:00:05Z", "2026-06-11T23:00Z", false],
  [
    "a worker that was away for days",
    "Europe/Berlin",
    BACKFILL,
    "2026-06-01T02:00Z",
    "2026-06-11T00:10Z",
    true,
  ],
  [
    "a day behind UTC",
    "America/Los_Angeles",
    BACKFILL,
    "2026-06-10T10:05Z",
    "2026-06-11T09:59Z",
    false,
  ],
  [
    "at 03:00 there",
    "America/Los_Angeles",
    BACKFILL,
    "2026-06-10T10:05Z",
    "2026-06-11T10:00Z",
    true,
  ],
  // 29 March: 02:00 becomes 03:00 in Berlin. 03:00 is 01:00 UTC, an hour earlier than the night before.
  [
    "the short night, before",
    "Europe/Berlin",
    BACKFILL,
    "2026-03-28T02:00:10Z",
    "2026-03-29T00:59Z",
    false,
  ],
  [
    "the short night, at 03:00",
    "Europe/Berlin",
    BACKFILL,
    "2026-03-28T02:00:10Z",
    "2026-03-29T01:00Z",
    true,
  ],
  // 25 October: 03:00 becomes 02:00. 02:30 comes twice, 03:00 once, at 02:00 UTC.
  [
    "the long night, second 02:30",
    "Europe/Berlin",
    BACKFILL,
    "2026-10-24T01:00:10Z",
    "2026-10-25T01:30Z",
    false,
  ],
  [
    "the long night, at 03:00",
    "Europe/Berlin",
    BACKFILL,
    "2026-10-24T01:00:10Z",
    "2026-10-25T02:00Z",
    true,
  ],
  // A year of two zones' habits: New York jumps from 02:00 to 03:00 on 8 March.
  [
    "New York's short night",
    "America/New_York",
    BACKFILL,
    "2026-03-07T08:00:10Z",
    "2026-03-08T06:59Z",
    false,
  ],
  [
    "New York's short night, at 03:00",
    "America/New_York",
    BACKFILL,
    "2026-03-07T08:00:10Z",
    "2026-03-08T07:00Z",
    true,
  ],
])("%s (%s)", (_, timezone, history, last, now, due) => {
  expect(
    reconciliationIsDue({
      timezone,
      historyCompleteAt: at(history),
      lastReconciledAt: at(last),
      now: new Date(now),
    }),
  ).toBe(due);
});

test("comes up once a day, through a whole year with both changes of the clocks", () => {
  let last = new Date("2026-01-01T05:00:00Z");
  let runs = 0;
  const end = Date.parse("2027-01-01T05:00:00Z");
  for (let now = last.getTime(); now < end; now += 15 * 60_000) {
    const state = { timezone: "Europe/Berlin", historyCompleteAt: new Date(BACKFILL) };
    if (!reconciliationIsDue({ ...state, lastReconciledAt: last, now: new Date(now) })) continue;
    runs += 1;
    last = new Date(now);
  }
  expect(runs).toBe(365);
});
