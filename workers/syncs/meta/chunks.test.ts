import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, listDays, todayIn } from "~/lib/time";
import type { AdAccountToSync, AdCoverage } from "~/sync/ad-coverage.server";
import { type Chunk, oldestDay, planChunks, splitChunk } from "./chunks";

const NOW = new Date("2026-11-20T03:00:00Z");
const account = (coverage: AdCoverage | null, timezone = "Europe/Berlin"): AdAccountToSync => ({
  adAccountId: "act_1",
  currency: "EUR",
  timezone,
  coverage,
});
const plan = (accounts: AdAccountToSync[], anew = false) =>
  planChunks(accounts, { now: NOW, anew });
const daysOf = (chunks: readonly Chunk[]) => chunks.flatMap((chunk) => listDays(chunk));

/** What is covered after the chunks were stored one after the other, as `extendCoverage` does it. */
function coverageAfter(chunks: readonly Chunk[], before: AdCoverage | null): AdCoverage {
  let { from, to, complete } = before ?? { from: "9999", to: "0000", complete: false };
  for (const { reached } of chunks) {
    if (reached?.from && reached.from < from) from = reached.from;
    if (reached?.to && reached.to > to) to = reached.to;
    complete ||= reached?.complete ?? false;
  }
  return { from, to, complete };
}

describe("planChunks", () => {
  it("reads 37 months of a new ad account, newest month first, up to its own today", () => {
    const chunks = plan([account(null, "America/Los_Angeles")]);
    expect(chunks[0]).toMatchObject({ kind: "HISTORY", from: "2026-11-01", to: "2026-11-19" });
    expect(chunks[1]).toMatchObject({ from: "2026-10-01", to: "2026-10-31" });
    expect(chunks.at(-1)).toMatchObject({ from: "2023-10-20", to: "2023-10-31" });
    expect(chunks.length).toBe(38);
    expect(chunks.filter(({ reached }) => reached?.complete)).toEqual([chunks.at(-1)]);
  });

  it("reads only the restated days of a complete one, and covers them with the last chunk alone", () => {
    const chunks = plan([account({ from: "2023-10-21", to: "2026-11-20", complete: true })]);
    expect(chunks.map(({ from, to }) => [from, to])).toEqual([
      ["2026-11-01", "2026-11-20"],
      ["2026-10-24", "2026-10-31"],
    ]);
    expect(chunks[0]?.reached).toBeNull();
    expect(chunks[1]?.reached).toMatchObject({ to: "2026-11-20", complete: true });
  });

  it("leaves no gap after a long pause", () => {
    const chunks = plan([account({ from: "2023-10-21", to: "2026-08-05", complete: true })]);
    expect(daysOf(chunks).sort()[0]).toBe("2026-07-09");
  });

  it("closes the gap first where a history was broken off, then goes on below it", () => {
    const chunks = plan([account({ from: "2026-09-01", to: "2026-11-18", complete: false })]);
    expect(chunks[0]).toMatchObject({ kind: "RECENT", to: "2026-11-20" });
    const history = chunks.filter(({ kind }) => kind === "HISTORY");
    expect(history[0]).toMatchObject({ from: "2026-08-01", to: "2026-08-31" });
    expect(chunks.filter(({ kind }) => kind === "RECENT").at(-1)?.reached?.watermark).toBe(
      undefined,
    );
  });

  it("reads everything anew when asked to", () => {
    const coverage = { from: "2023-10-21", to: "2026-11-20", complete: true };
    expect(plan([account(coverage)], true).length).toBe(38);
  });

  it("covers exactly the days that were read, each once, however chunks are split", () => {
    const days = fc.integer({ min: 0, max: 1200 });
    fc.assert(
      fc.property(
        fc.option(fc.tuple(days, days, fc.boolean()), { nil: null }),
        fc.array(fc.nat(60), { maxLength: 30 }),
        fc.nat(60),
        (stored, splits, stopAfter) => {
          const today = todayIn("Europe/Berlin", NOW);
          const oldest = oldestDay("Europe/Berlin", NOW);
          const before = stored && {
            from: addDays(today, -Math.max(stored[0], stored[1])),
            to: addDays(today, -Math.min(stored[0], stored[1])),
            complete: stored[2],
          };
          let chunks = plan([account(before)]);
          for (const at of splits) {
            const whole = chunks[at % chunks.length];
            const halves = whole && splitChunk(whole);
            if (halves) chunks = chunks.flatMap((one) => (one === whole ? halves : [one]));
          }
          const read = daysOf(chunks);
          const committed = chunks.slice(0, stopAfter);
          const { from, to } = coverageAfter(committed, before);
          const known = new Set(daysOf(committed));
          const was = (day: string) => before && day >= before.from && day <= before.to;
          const claimed = from > to ? [] : listDays({ from: from > oldest ? from : oldest, to });
          expect(claimed.filter((day) => !known.has(day) && !was(day))).toEqual([]);
          expect(new Set(read).size).toBe(read.length);
          const after = coverageAfter(chunks, before);
          expect(after.complete).toBe(true);
          expect(after.to).toBe(today);
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe("splitChunk", () => {
  it("gives each half reports of its own, and does not split a day", () => {
    const [month] = plan([account(null)]);
    if (!month) throw new Error("no chunk");
    month.reports.account = "1";
    const [newer, older] = splitChunk(month) ?? [];
    expect([newer?.from, newer?.to, older?.from, older?.to]).toEqual([
      "2026-11-11",
      "2026-11-20",
      "2026-11-01",
      "2026-11-10",
    ]);
    if (newer) newer.reports.account = "2";
    expect(older?.reports.account).toBeNull();
    expect(month.reports.account).toBe("1");
    expect(splitChunk({ ...month, from: month.to })).toBeNull();
  });
});
