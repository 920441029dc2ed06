import { describe, expect, it } from "vitest";
import { historyRows, type PastJobReading, startingRow } from "./history-rows";

const job = (jobId: string, change: Partial<PastJobReading> = {}): PastJobReading => ({
  jobId,
  platform: "SHOPIFY",
  jobType: "INCREMENTAL",
  outcome: "SUCCEEDED",
  askedBy: { kind: "schedule" },
  startedAt: new Date("2026-11-20T12:00:00Z"),
  tookSeconds: 4,
  recordsSynced: 12,
  error: null,
  ...change,
});
const failed = (jobId: string, platform: "SHOPIFY" | "META" = "SHOPIFY") =>
  job(jobId, { platform, outcome: "FAILED", error: { code: "X", kind: "DEFECT" } });
const retryable = (jobs: PastJobReading[], busy: string[] = []) =>
  historyRows(jobs, new Set(busy))
    .filter(({ canRetry }) => canRetry)
    .map(({ jobId }) => jobId);

describe("the history's rows", () => {
  it("say in words what was done, for whom, and how it ended", () => {
    const asked = { kind: "person", name: "Robin Owner" } as const;
    const [row] = historyRows(
      [job("1", { jobType: "HISTORICAL_REBUILD", askedBy: asked })],
      new Set(),
    );
    expect(row).toEqual({
      jobId: "1",
      what: "Shopify: rebuild of the history",
      outcome: { label: "Done", tone: "success" },
      askedBy: "Robin Owner",
      startedAt: "2026-11-20T12:00:00.000Z",
      tookSeconds: 4,
      records: 12,
      error: null,
      canRetry: false,
    });
  });

  it.each([
    [{ kind: "person", name: null }, "A person"],
    [{ kind: "install" }, "Installation"],
    [{ kind: "schedule" }, "Schedule"],
    [{ kind: "system" }, "Merit"],
  ] as const)("call %o %s", (askedBy, called) => {
    expect(historyRows([job("1", { askedBy })], new Set())[0]?.askedBy).toBe(called);
  });

  it("offer a retry for the newest of each platform, when that one failed", () => {
    const jobs = [failed("1"), failed("2", "META"), failed("3"), job("4", { platform: "META" })];
    expect(retryable(jobs)).toEqual(["1", "2"]);
    expect(retryable([job("1"), failed("2")])).toEqual([]);
    expect(retryable([job("1", { outcome: "STOPPED" }), failed("2")])).toEqual([]);
  });

  it("offer none while something runs, but for what is only planned", () => {
    expect(retryable([job("1", { outcome: "RUNNING" }), failed("2")], ["SHOPIFY"])).toEqual([]);
    expect(retryable([job("1", { outcome: "WAITING" }), failed("2")])).toEqual(["2"]);
  });
});

describe("the place of a job that was just asked for", () => {
  it.each([
    [{ intent: "sync", target: "SHOPIFY" }, "Shopify: update"],
    [{ intent: "rebuild", target: "META" }, "Meta: rebuild of the history"],
    [{ intent: "retry", target: "1" }, "Meta: update"],
  ])("after %o says %s", (starting, what) => {
    const rows = historyRows([failed("1", "META")], new Set());
    expect(startingRow(starting, rows, "2026-11-20T12:00:00Z")).toMatchObject({ what });
  });
});
