import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { NeedsUserError, RetryableError, ThrottledError } from "~/lib/errors";
import { type WorkerTenantDb, workerTenantDb } from "~/lib/tenant-db.server";
import { moveWatermark, readWatermark } from "~/sync/cursors.server";
import { syncStatus } from "~/sync/freshness.server";
import { failJob, putBack, succeedJob } from "~/sync/job-endings.server";
import { type LeasedJob, LeaseLostError } from "~/sync/lease-guard.server";
import { claimJob, recordProgress, renewLease, saveCheckpoint } from "~/sync/leased-job.server";
import { requestSync } from "~/sync/sync-jobs.server";
import { takeBackExpiredLeases } from "../../workers/sweeper";
import { createTestDatabase, seedShop, type TestDatabase } from "../harness/database";

const SHOP = "jobs.myshopify.com";
let database: TestDatabase;
let db: WorkerTenantDb;

beforeAll(async () => {
  database = await createTestDatabase();
  await seedShop(database, SHOP);
  db = workerTenantDb(database.worker, SHOP);
});
afterAll(() => database.drop());
beforeEach(() =>
  database.admin.query(
    "DELETE FROM app_dashboard.sync_jobs; DELETE FROM app_dashboard.sync_cursors",
  ),
);

const request = (jobType: "HISTORICAL_INIT" | "INCREMENTAL" = "HISTORICAL_INIT") =>
  db.tx((tx) =>
    requestSync(tx, {
      shopId: SHOP,
      platform: "SHOPIFY",
      jobType,
      requestedBy: "test",
      priority: 1,
    }),
  );

const claim = (jobId: string, owner = "worker-1", leaseSeconds = 30) =>
  claimJob(db, { jobId, owner, leaseSeconds });

async function claimed(): Promise<LeasedJob> {
  const { jobId } = await request();
  const job = await claim(jobId);
  if (!job) throw new Error("not claimed");
  return job;
}

const stored = async () =>
  (await database.admin.query("SELECT * FROM app_dashboard.sync_jobs")).rows[0];

const RETRYABLE = { code: "SHOPIFY_UNAVAILABLE", message: "503", task: "t", retryable: true };
const FINAL = { code: "SHOPIFY_RECONNECT", message: "gone", task: "t", retryable: false };
const unavailable = (retryAfterMs?: number) =>
  new RetryableError("503", {
    code: "SHOPIFY_UNAVAILABLE",
    task: "t",
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
const reconnect = () => new NeedsUserError("gone", { code: "SHOPIFY_RECONNECT", task: "t" });

describe("asking for a sync", () => {
  it("answers the job in flight instead of making a second, also when many ask at once", async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => request()));
    expect(new Set(answers.map(({ jobId }) => jobId)).size).toBe(1);
    expect(answers.filter(({ created }) => created)).toHaveLength(1);
  });

  it("makes a new one once the last has ended", async () => {
    const job = await claimed();
    await db.pgTx((client) => succeedJob(client, job));
    expect(await request()).toMatchObject({ created: true });
  });
});

describe("a lease", () => {
  it("goes to one of many workers that race for it", async () => {
    const { jobId } = await request();
    const owners = Array.from({ length: 8 }, (_, index) => `worker-${index}`);
    const jobs = await Promise.all(owners.map((owner) => claim(jobId, owner)));
    expect(jobs.filter((job) => job !== null)).toHaveLength(1);
  });

  it("is not given before the job's time", async () => {
    const job = await claimed();
    await putBack(db, job, new Date(Date.now() + 60_000));
    expect(await claim(job.jobId, "worker-2")).toBeNull();
  });

  it("that ran out is taken back, and its late owner can write nothing more", async () => {
    const { jobId } = await request();
    const late = await claim(jobId, "late", 0);
    expect(await takeBackExpiredLeases(database.worker)).toBe(1);
    const next = await claim(jobId, "next");
    expect(next).not.toBeNull();
    if (!late) throw new Error("not claimed");
    const written = db.pgTx(async (client) => {
      await moveWatermark(client, SHOP, "orders", new Date());
      await saveCheckpoint(client, late, { at: "late" });
    });
    await expect(written).rejects.toBeInstanceOf(LeaseLostError);
    await expect(renewLease(db, late, 30)).rejects.toBeInstanceOf(LeaseLostError);
    await expect(recordProgress(db, late, { done: 1 })).rejects.toBeInstanceOf(LeaseLostError);
    await expect(failJob(db, late, unavailable())).rejects.toBeInstanceOf(LeaseLostError);
    expect(await db.pgTx((client) => readWatermark(client, SHOP, "orders"))).toBeNull();
    expect((await stored()).checkpoint).toBeNull();
  });

  it("that is lost counts as a failure: a job that loses every worker ends, unless it got on", async () => {
    const { jobId } = await request();
    const lose = async () => {
      const job = await claim(jobId, "victim", 0);
      expect(await takeBackExpiredLeases(database.worker)).toBe(1);
      return job;
    };
    for (let losses = 1; losses <= 6; losses += 1) {
      await lose();
      expect(await stored()).toMatchObject({ status: "QUEUED", attempts: losses, error: null });
    }
    const gotOn = await claim(jobId, "victim", 0);
    if (!gotOn) throw new Error("not claimed");
    await db.pgTx((client) => saveCheckpoint(client, gotOn, {}, {}, { forgive: true }));
    await takeBackExpiredLeases(database.worker);
    for (let losses = 2; losses <= 8; losses += 1) await lose();
    expect(await stored()).toMatchObject({
      status: "FAILED",
      attempts: 8,
      error: { code: "WORKER_LOST", task: null, retryable: false },
      error_kind: "DEFECT",
      lease_owner: null,
    });
    expect((await stored()).finished_at).not.toBeNull();
    expect(await takeBackExpiredLeases(database.worker)).toBe(0);
  });

  it("whose row is being written to is not waited for", async () => {
    const { jobId } = await request();
    await claim(jobId, "worker-1", 0);
    const writer = await database.admin.connect();
    await writer.query("BEGIN; SELECT FROM app_dashboard.sync_jobs FOR UPDATE");
    expect(await takeBackExpiredLeases(database.worker)).toBe(0);
    await writer.query("ROLLBACK");
    writer.release();
    expect(await takeBackExpiredLeases(database.worker)).toBe(1);
  });

  it("that is renewed is not taken back", async () => {
    const { jobId } = await request();
    const job = await claim(jobId, "worker-1", 0);
    if (job) await renewLease(db, job, 30);
    expect(await takeBackExpiredLeases(database.worker)).toBe(0);
  });
});

describe("a job whose turn comes", () => {
  const pause = (platform = "SHOPIFY") =>
    database.admin.query(
      "INSERT INTO app_dashboard.sync_pauses (shop_id, platform, paused_by) VALUES ($1, $2, 'test')",
      [SHOP, platform],
    );
  const leave = (left: boolean) =>
    database.admin.query(
      `UPDATE app_dashboard.shops SET uninstalled_at = ${left ? "now()" : "NULL"}`,
    );
  afterEach(() => Promise.all([database.admin.query(FORGET_PAUSES), leave(false)]));
  const FORGET_PAUSES = "DELETE FROM app_dashboard.sync_pauses";
  const requestedBy = (name: string) =>
    database.admin.query("UPDATE app_dashboard.sync_jobs SET requested_by = $1", [name]);

  it.each(["schedule", "webhook"])(
    "and that the %s queued ends, when the connection was paused before it began",
    async (name) => {
      const { jobId } = await request("INCREMENTAL");
      await requestedBy(name);
      await pause();
      expect(await claim(jobId)).toBeNull();
      expect(await stored()).toMatchObject({
        status: "FAILED",
        error: { code: "PAUSED", task: null, retryable: false },
        error_kind: "STOPPED",
        started_at: null,
        finished_at: expect.any(Date),
        lease_owner: null,
      });
    },
  );

  it.each(["user:1", "install"])("runs when %s asked for it, paused or not", async (name) => {
    const { jobId } = await request();
    await requestedBy(name);
    await pause();
    expect(await claim(jobId)).not.toBeNull();
  });

  it("runs when another platform is paused", async () => {
    const { jobId } = await request();
    await requestedBy("schedule");
    await pause("META");
    expect(await claim(jobId)).not.toBeNull();
  });

  it("goes on when it began before the pause", async () => {
    const job = await claimed();
    await requestedBy("schedule");
    await putBack(db, job, new Date());
    await pause();
    expect(await claim(job.jobId)).not.toBeNull();
  });

  it("after the shop left ends, whoever asked for it", async () => {
    const job = await claimed();
    await requestedBy("user:1");
    await putBack(db, job, new Date());
    await leave(true);
    expect(await claim(job.jobId)).toBeNull();
    expect(await stored()).toMatchObject({
      status: "FAILED",
      error: { code: "UNINSTALLED" },
      error_kind: "STOPPED",
    });
  });
});

describe("how a job ends or goes on", () => {
  it("moves checkpoint, data and cursor in one transaction, or none of them", async () => {
    const job = await claimed();
    const broken = db.pgTx(async (client) => {
      await saveCheckpoint(client, job, { page: 2 });
      await moveWatermark(client, SHOP, "orders", new Date());
      throw new Error("power cut");
    });
    await expect(broken).rejects.toThrow("power cut");
    expect((await stored()).checkpoint).toBeNull();
    expect(await db.pgTx((client) => readWatermark(client, SHOP, "orders"))).toBeNull();
  });

  it("retries a passing failure later and later, forgives it on progress, gives up in the end", async () => {
    let job = await claimed();
    const due = () => database.admin.query("UPDATE app_dashboard.sync_jobs SET run_after = now()");
    const delays: number[] = [];
    for (let failures = 1; failures <= 3; failures += 1) {
      const again = await failJob(db, job, unavailable());
      delays.push(Math.round(((again?.getTime() ?? 0) - Date.now()) / 1000));
      expect(await stored()).toMatchObject({ status: "QUEUED", attempts: failures });
      await due();
      job = (await claim(job.jobId)) ?? job;
    }
    expect(delays).toEqual([1, 2, 4]);
    await db.pgTx((client) => saveCheckpoint(client, job, {}, {}, { forgive: true }));
    expect(await stored()).toMatchObject({ attempts: 0, error: null, error_kind: null });
    for (let failures = 1; failures <= 8; failures += 1) {
      await failJob(db, job, unavailable(0));
      job = (await claim(job.jobId)) ?? job;
    }
    expect(await stored()).toMatchObject({
      status: "FAILED",
      error: RETRYABLE,
      error_kind: "RETRYABLE",
    });
  });

  it("takes the API's own hint first", async () => {
    const job = await claimed();
    const again = await failJob(db, job, unavailable(90_000));
    expect((again?.getTime() ?? 0) - Date.now()).toBeGreaterThan(85_000);
  });

  it("never counts an API that asks to wait, and says meanwhile what it waits for", async () => {
    let job = await claimed();
    for (let waits = 0; waits < 20; waits += 1) {
      const throttled = new ThrottledError("slow down", { code: "SHOPIFY_THROTTLED" });
      const again = await failJob(db, job, throttled);
      expect(Math.round(((again?.getTime() ?? 0) - Date.now()) / 1000)).toBe(30);
      await database.admin.query("UPDATE app_dashboard.sync_jobs SET run_after = now()");
      job = (await claim(job.jobId)) ?? job;
    }
    expect(await stored()).toMatchObject({
      status: "IN_PROGRESS",
      attempts: 0,
      error: { code: "SHOPIFY_THROTTLED", retryable: true },
      error_kind: "RETRYABLE",
    });
    const hinted = new ThrottledError("", { code: "SHOPIFY_THROTTLED", retryAfterMs: 90_000 });
    const again = await failJob(db, job, hinted);
    expect(Math.round(((again?.getTime() ?? 0) - Date.now()) / 1000)).toBe(90);
  });

  it("records a defect as one, and forgets every error when it succeeds", async () => {
    const job = await claimed();
    await failJob(db, job, unavailable(0));
    const again = await claim(job.jobId);
    if (!again) throw new Error("not claimed");
    await db.pgTx((client) => succeedJob(client, again));
    expect(await stored()).toMatchObject({ status: "SUCCEEDED", error: null, error_kind: null });
    const next = await claimed();
    expect(await failJob(db, next, new TypeError("x is not a function"))).toBeNull();
    const { rows } = await database.admin.query(
      "SELECT error_kind FROM app_dashboard.sync_jobs WHERE status = 'FAILED'",
    );
    expect(rows).toEqual([{ error_kind: "DEFECT" }]);
  });

  it("does not retry what only a person can mend", async () => {
    const job = await claimed();
    expect(await failJob(db, job, reconnect())).toBeNull();
    expect(await stored()).toMatchObject({ status: "FAILED", error_kind: "NEEDS_USER" });
    expect((await syncStatus(db, SHOP)).lastError).toEqual(FINAL);
  });
});

describe("freshness", () => {
  it("tells what runs, how far it is, and the last success", async () => {
    expect(await syncStatus(db, SHOP)).toMatchObject({ lastSuccessAt: null, running: null });
    const job = await claimed();
    await recordProgress(db, job, { phase: "LOAD", done: 7, total: 9, rate: 2.5 });
    const status = await syncStatus(db, SHOP);
    expect(status.running).toMatchObject({
      jobId: job.jobId,
      jobType: "HISTORICAL_INIT",
      phase: "LOAD",
      done: 7,
      total: 9,
      rate: 2.5,
    });
    await recordProgress(db, job, { phase: "TRANSFORM", done: 0 });
    expect((await syncStatus(db, SHOP)).running).toMatchObject({ total: null, rate: null });
    await db.pgTx((client) => succeedJob(client, job));
    expect(await syncStatus(db, SHOP)).toMatchObject({ running: null, lastError: null });
    expect((await syncStatus(db, SHOP)).lastSuccessAt).not.toBeNull();
  });
});

describe("a watermark", () => {
  it("never goes back", async () => {
    const later = new Date("2026-03-02T00:00:00Z");
    await db.pgTx((client) => moveWatermark(client, SHOP, "orders", later, { history: "whole" }));
    await db.pgTx((client) =>
      moveWatermark(client, SHOP, "orders", new Date("2026-03-01T00:00:00Z")),
    );
    expect(await db.pgTx((client) => readWatermark(client, SHOP, "orders"))).toEqual(later);
  });
});
