import { describe, expect, it } from "vitest";
import {
  isStale,
  nextUpdateBy,
  type StateReading,
  SYNC_STATES,
  secondsLeft,
  stateOf,
} from "./sync-state";

const NOW = new Date("2026-11-20T12:00:00Z");
const AGE = { now: NOW, maxStalenessMinutes: 15 };
const ago = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);

const FRESH: StateReading = {
  connected: true,
  pausedAt: null,
  lastSuccessAt: ago(3),
  running: null,
  lastError: null,
  errorKind: null,
};
const failure = (errorKind: string | null) => ({ lastError: {}, errorKind });
const job = (jobType: string) => ({ jobType, startedAt: ago(1), runAfter: ago(1) });
const INCREMENTAL = job("INCREMENTAL");
const HISTORY = job("HISTORICAL_INIT");
const REBUILD = job("HISTORICAL_REBUILD");
const DUE = { ...INCREMENTAL, startedAt: null };
const PLANNED = { ...DUE, runAfter: ago(-3) };
const BETWEEN_TRIES = { ...INCREMENTAL, runAfter: ago(-3) };

const cases: [name: string, change: Partial<StateReading>, state: string][] = [
  ["a success of late", {}, "fresh"],
  ["a success exactly as old as it may be", { lastSuccessAt: ago(15) }, "fresh"],
  ["an older one", { lastSuccessAt: ago(15.1) }, "stale"],
  ["no success yet", { lastSuccessAt: null }, "never"],
  ["an update that runs", { running: INCREMENTAL, lastSuccessAt: ago(60) }, "syncing"],
  ["an update that waits for its turn", { running: DUE }, "syncing"],
  ["an update that waits between two tries", { running: BETWEEN_TRIES }, "syncing"],
  ["an update that is planned for later", { running: PLANNED }, "fresh"],
  ["a first history that runs", { running: HISTORY, lastSuccessAt: null }, "backfilling"],
  ["a rebuild that runs", { running: REBUILD }, "backfilling"],
  ["a retry that runs", { running: INCREMENTAL, ...failure("DEFECT") }, "syncing"],
  ["a pause", { pausedAt: ago(60), lastSuccessAt: ago(60) }, "paused"],
  ["a pause while a job runs on", { pausedAt: ago(1), running: HISTORY }, "backfilling"],
  ["a pause after a failure", { pausedAt: ago(1), ...failure("NEEDS_USER") }, "paused"],
  ["a failure that a person can mend", { ...failure("NEEDS_USER") }, "needs_user"],
  ["a failure of ours", { ...failure("DEFECT") }, "failed"],
  ["a failure that nobody judged", failure(null), "failed"],
  ["a failure after many tries", { ...failure("RETRYABLE"), lastSuccessAt: null }, "failed"],
  ["a job that was canceled", { ...failure("STOPPED") }, "fresh"],
  ["a first job that was canceled", { ...failure("STOPPED"), lastSuccessAt: null }, "never"],
  ["no connection", { connected: false }, "disconnected"],
  [
    "no connection, whatever else is known",
    { connected: false, running: HISTORY, pausedAt: ago(1), ...failure("NEEDS_USER") },
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

describe("the next update by itself", () => {
  const ended = { ...FRESH, lastEndedAt: ago(3) };
  it.each<[string, Partial<StateReading & { lastEndedAt: Date | null }>, Date | null]>([
    ["comes before the data is too old", {}, ago(-12)],
    ["is due where it already is", { lastSuccessAt: ago(20), lastEndedAt: ago(20) }, ago(5)],
    ["comes when it is planned", { running: PLANNED }, ago(-3)],
    ["is not told while one is under way", { running: INCREMENTAL }, null],
    ["does not come while paused", { pausedAt: ago(1) }, null],
    ["waits for the person who can mend it", { ...failure("NEEDS_USER") }, null],
    ["takes an hour after a failure of ours", { ...failure("DEFECT") }, ago(-57)],
    ["comes as usual when retries ran out", { ...failure("RETRYABLE") }, ago(-12)],
    ["comes as usual after a canceled one", { ...failure("STOPPED") }, ago(-12)],
    ["does not begin a canceled history", { ...failure("STOPPED"), lastSuccessAt: null }, null],
    ["comes at once where none ever ended", { lastSuccessAt: null, lastEndedAt: null }, NOW],
    ["does not come without a connection", { connected: false }, null],
  ])("%s", (_name, change, at) => {
    expect(nextUpdateBy({ ...ended, ...change }, AGE)).toEqual(at);
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
