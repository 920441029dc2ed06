import { describe, expect, it } from "vitest";
import { historyCheckpoint } from "../../workers/syncs/history/checkpoint";
import { progressOf } from "./phases";

describe("the progress of a backfill", () => {
  const phases = historyCheckpoint.shape.phase.options.filter((phase) => phase !== "DONE");

  it("has words for every phase that the worker names", () => {
    for (const phase of phases) expect(progressOf(phase, 0, null).words).not.toBe("Loading");
  });

  it("never goes back from one phase to the next", () => {
    const ends = phases.map((phase) => progressOf(phase, 10, 10).percent);
    expect(ends).toEqual([...ends].sort((a, b) => a - b));
    const starts = phases.map((phase) => progressOf(phase, 0, 10).percent);
    for (const [place, start] of starts.entries()) {
      expect(start).toBeGreaterThanOrEqual(ends[place - 1] ?? 0);
    }
  });

  it("counts orders only where the phase counts orders", () => {
    expect(progressOf("TRANSFORM", 12_340, 20_000).orders).toEqual({ done: 12_340, total: 20_000 });
    expect(progressOf("LOAD", 90_000, null).orders).toBeNull();
  });

  it("never says that more is done than there is", () => {
    expect(progressOf("TRANSFORM", 21, 20)).toMatchObject({
      percent: 94,
      orders: { done: 20, total: 20 },
    });
  });

  it("waits while the job is queued", () => {
    expect(progressOf(null, 0, null)).toEqual({
      words: "Waiting to start",
      percent: 0,
      orders: null,
    });
  });
});
