import { describe, expect, it } from "vitest";
import { isStale, type StateReading, SYNC_STATES, secondsLeft, stateOf } from "./sync-state";

const NOW = new Date("2026-11-20T12:00:00Z");
const AGE = { now: NOW, maxStalenessMinutes: 15 };
const ago = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);

const FRESH: StateReading = {
  connected: true,
  pausedAt: null,
  lastSuccessAt: ago(3),
  running: null,
  errorKind: null,
};
const INCREMENTAL = { jobType: "INCREMENTAL" };
const HISTORY = { jobType: "HISTORICAL_INIT" };
const REBUILD = { jobType: "HISTORICAL_REBUILD" };

const cases: [name: string, change: Partial<StateReading>, state: string][] = [
  ["a success of late", {}, "fresh"],
  ["a success exactly as old as it may be", { lastSuccessAt: ago(15) }, "fresh"],
  ["an older one", { lastSuccessAt: ago(15.1) }, "stale"],
  ["no success yet", { lastSuccessAt: null }, "never"],
  ["an update that runs", { running: INCREMENTAL, lastSuccessAt: ago(60) }, "syncing"],
  ["a first history that runs", { running: HISTORY, lastSuccessAt: null }, "backfilling"],
  ["a rebuild that runs", { running: REBUILD }, "backfilling"],
  ["a retry that runs", { running: INCREMENTAL, errorKind: "DEFECT" }, "syncing"],
  ["a pause", { pausedAt: ago(60), lastSuccessAt: ago(60) }, "paused"],
  ["a pause while a job runs on", { pausedAt: ago(1), running: HISTORY }, "backfilling"],
  ["a pause after a failure", { pausedAt: ago(1), errorKind: "NEEDS_USER" }, "paused"],
  ["a failure that a person can mend", { errorKind: "NEEDS_USER" }, "needs_user"],
  ["a failure of ours", { errorKind: "DEFECT" }, "failed"],
  ["a failure after many tries", { errorKind: "RETRYABLE", lastSuccessAt: null }, "failed"],
  ["a job that was canceled", { errorKind: "STOPPED" }, "fresh"],
  ["a first job that was canceled", { errorKind: "STOPPED", lastSuccessAt: null }, "never"],
  ["no connection", { connected: false }, "disconnected"],
  [
    "no connection, whatever else is known",
    { connected: false, running: HISTORY, pausedAt: ago(1), errorKind: "NEEDS_USER" },
    "disconnected",
  ],
];

describe("the state of a connection", () => {
  it.each(cases)("of %s", (_name, change, state) => {
    expect(stateOf({ ...FRESH, ...change }, AGE)).toBe(state);
  });

  it("has a case for every word", () => {
    expect([...new Set(cases.map(([, , state]) => state))].sort()).toEqual([...SYNC_STATES].sort());
  });

  it("calls stale what never succeeded, and what is older than it may be", () => {
    expect(isStale(null, AGE)).toBe(true);
    expect(isStale(ago(15), AGE)).toBe(false);
    expect(isStale(ago(16), AGE)).toBe(true);
  });
});

describe("the time that is left", () => {
  it.each([
    ["what remains at the speed measured", { done: 40, total: 100, rate: 4 }, 15],
    ["nothing done yet", { done: null, total: 10, rate: 3 }, 4],
    ["more done than there is", { done: 11, total: 10, rate: 3 }, 0],
    ["no total", { done: 40, total: null, rate: 4 }, null],
    ["no speed", { done: 40, total: 100, rate: null }, null],
    ["a standstill", { done: 40, total: 100, rate: 0 }, null],
  ])("of %s", (_name, progress, seconds) => {
    expect(secondsLeft(progress)).toBe(seconds);
  });
});
