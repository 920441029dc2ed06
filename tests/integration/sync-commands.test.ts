import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { cancelSync } from "~/commands/cancel-sync.server";
import { pauseSync } from "~/commands/pause-sync.server";
import { rebuild } from "~/commands/rebuild.server";
import { requestSyncNow } from "~/commands/request-sync.server";
import { resumeSync } from "~/commands/resume-sync.server";
import { retrySync } from "~/commands/retry-sync.server";
import { uninstallShop } from "~/commands/uninstall-shop.server";
import {
  type TenantDb,
  tenantDb,
  type WorkerTenantDb,
  workerTenantDb,
} from "~/lib/tenant-db.server";
import { jobHistory } from "~/sync/job-history.server";
import { LeaseLostError } from "~/sync/lease-guard.server";
import { claimJob, saveCheckpoint } from "~/sync/leased-job.server";
import { createTestDatabase, seedShop, type TestDatabase } from "../harness/database";

const { enqueued, warned } = vi.hoisted(() => ({ enqueued: vi.fn(), warned: vi.fn() }));
vi.mock("~/jobs/enqueue.server", () => ({ enqueueSync: enqueued }));
vi.mock("~/lib/logger.server", () => ({ logger: { warn: warned } }));

const SHOP = "commands.myshopify.com";
const OTHER = "other-commands.myshopify.com";
const USER = "0a5dfd5e-88a4-4c0b-8f4a-6d0a3f0f5c01";
const person = { shopId: SHOP, userId: USER };
const SHOPIFY = { ...person, platform: "SHOPIFY" } as const;
const META = { ...person, platform: "META" } as const;

let database: TestDatabase;
let db: TenantDb;
let worker: WorkerTenantDb;

beforeAll(async () => {
  database = await createTestDatabase();
  await seedShop(database, SHOP);
  await seedShop(database, OTHER);
  await database.admin.query(
    "INSERT INTO app_dashboard.users (id, first_name, last_name) VALUES ($1, 'Robin', 'Owner')",
    [USER],
  );
  await database.admin.query(
    "INSERT INTO app_dashboard.user_shops (shop_id, user_id, role) VALUES ($1, $2, 'STORE_USER')",
    [SHOP, USER],
  );
  db = tenantDb(database.web, { kind: "user", userId: USER });
  worker = workerTenantDb(database.worker, SHOP);
});
afterAll(() => database.drop());
beforeEach(async () => {
  enqueued.mockReset();
  await database.admin.query(
    `DELETE FROM app_dashboard.sync_jobs; DELETE FROM app_dashboard.sync_pauses;
     DELETE FROM app_dashboard.sync_cursors; DELETE FROM app_dashboard.ad_accounts;
     DELETE FROM app_dashboard.audit_log;
     UPDATE app_dashboard.shops SET history_complete_at = now()`,
  );
});

const jobs = async (shop = SHOP) =>
  (
    await database.admin.query(
      "SELECT * FROM app_dashboard.sync_jobs WHERE shop_id = $1 ORDER BY created_at",
      [shop],
    )
  ).rows;
const actions = async () =>
  (await database.admin.query("SELECT actor, action FROM app_dashboard.audit_log ORDER BY at"))
    .rows;
const historyIncomplete = () =>
  database.admin.query("UPDATE app_dashboard.shops SET history_complete_at = NULL");

/** A job as others left it. Answers its id. */
async function stored(columns: string, values: string, shop = SHOP): Promise<string> {
  const { rows } = await database.admin.query(
    `INSERT INTO app_dashboard.sync_jobs (shop_id, requested_by, platform, job_type, ${columns})
     VALUES ($1, 'schedule', ${values}) RETURNING id::text`,
    [shop],
  );
  return rows[0].id;
}
const planned = (platform = "SHOPIFY", shop = SHOP) =>
  stored(
    "priority, run_after",
    `'${platform}', 'INCREMENTAL', 60, now() + interval '4 minutes'`,
    shop,
  );
const failed = (jobType: string) =>
  stored("status, finished_at", `'SHOPIFY', '${jobType}', 'FAILED', now()`);
const running = (jobType = "INCREMENTAL") =>
  stored("status, started_at, lease_owner", `'SHOPIFY', '${jobType}', 'IN_PROGRESS', now(), 'w'`);

describe("canceling", () => {
  it("ends a job that runs, once, and its worker can write nothing more", async () => {
    const jobId = await stored("status", "'SHOPIFY', 'HISTORICAL_INIT', 'QUEUED'");
    const job = await claimJob(worker, { jobId, owner: "w", leaseSeconds: 30 });
    if (!job) throw new Error("not claimed");
    expect(await cancelSync(db, { ...person, jobId })).toBe(true);
    expect(await cancelSync(db, { ...person, jobId })).toBe(false);
    expect(await jobs()).toMatchObject([
      {
        status: "FAILED",
        error_kind: "STOPPED",
        error: { code: "CANCELED", task: null, retryable: false },
        lease_owner: null,
        lease_until: null,
        finished_at: expect.any(Date),
      },
    ]);
    const late = worker.pgTx((client) => saveCheckpoint(client, job, { page: 2 }));
    await expect(late).rejects.toBeInstanceOf(LeaseLostError);
    expect(await actions()).toEqual([{ actor: `user:${USER}`, action: "sync.canceled" }]);
  });

  it("ends a job that waits", async () => {
    expect(await cancelSync(db, { ...person, jobId: await planned() })).toBe(true);
  });

  it("leaves another tenant's job alone, whichever shop it is called by", async () => {
    const jobId = await planned("SHOPIFY", OTHER);
    for (const shopId of [SHOP, OTHER]) {
      expect(await cancelSync(db, { shopId, userId: USER, jobId })).toBe(false);
    }
    expect((await jobs(OTHER))[0].status).toBe("QUEUED");
    expect(await actions()).toEqual([]);
  });

  it("is what an uninstall does to all that is in flight, under its own name", async () => {
    await planned("META");
    await running();
    await uninstallShop(worker, { shopId: SHOP, at: new Date() });
    await database.admin.query("UPDATE app_dashboard.shops SET uninstalled_at = NULL");
    const ended = { status: "FAILED", error_kind: "STOPPED", error: { code: "UNINSTALLED" } };
    expect(await jobs()).toMatchObject([ended, ended]);
  });
});

describe("asking for an update", () => {
  it("asks for what is new, as a person, and hands it to the queue", async () => {
    const asked = await requestSyncNow(db, SHOPIFY);
    expect(asked?.accepted).toBe(true);
    expect(await jobs()).toMatchObject([
      { job_type: "INCREMENTAL", requested_by: `user:${USER}`, priority: 0 },
    ]);
    expect(enqueued).toHaveBeenCalledWith(expect.objectContaining({ jobId: asked?.jobId }));
    expect(await actions()).toEqual([{ actor: `user:${USER}`, action: "sync.requested" }]);
  });

  it("asks for the whole history where it never stood", async () => {
    await historyIncomplete();
    await requestSyncNow(db, SHOPIFY);
    expect((await jobs())[0].job_type).toBe("HISTORICAL_INIT");
  });

  it.each([
    ["INCREMENTAL", `{"complete": true}`],
    ["HISTORICAL_INIT", `{"complete": false}`],
    ["HISTORICAL_INIT", null],
  ])("asks for %s of an ad account whose coverage is %s", async (jobType, detail) => {
    await database.admin.query(
      `INSERT INTO app_dashboard.ad_accounts
         (shop_id, ad_account_id, platform, currency, iana_timezone, selected)
       VALUES ($1, 'act_1', 'META', 'EUR', 'Europe/Berlin', true)`,
      [SHOP],
    );
    await database.admin.query(
      `INSERT INTO app_dashboard.sync_cursors (shop_id, platform, stream, detail)
       VALUES ($1, 'META', 'insights:act_1', $2)`,
      [SHOP, detail],
    );
    await requestSyncNow(db, META);
    expect((await jobs())[0].job_type).toBe(jobType);
  });

  it("takes over what the schedule planned for later, at once", async () => {
    const jobId = await planned();
    expect(await requestSyncNow(db, SHOPIFY)).toEqual({ jobId, accepted: true });
    const [job] = await jobs();
    expect(job).toMatchObject({ requested_by: `user:${USER}`, priority: 0 });
    expect(job.run_after.getTime()).toBeLessThanOrEqual(Date.now());
  });

  it("means the one that runs already", async () => {
    const jobId = await running();
    expect(await requestSyncNow(db, SHOPIFY)).toEqual({ jobId, accepted: false });
    expect(await jobs()).toMatchObject([{ requested_by: "schedule", job_type: "INCREMENTAL" }]);
  });

  it.each([
    ["runs", "'IN_PROGRESS', now(), 'w'"],
    ["waits between two turns", "'QUEUED', now(), NULL"],
    ["has not begun", "'QUEUED', NULL, NULL"],
  ])("makes a check that %s give way", async (_, state) => {
    await stored("status, started_at, lease_owner", `'SHOPIFY', 'RECONCILE', ${state}`);
    expect(await requestSyncNow(db, SHOPIFY)).toMatchObject({ accepted: true });
    const inFlight = (await jobs()).filter(({ finished_at: ended }) => !ended);
    expect(inFlight).toMatchObject([
      { job_type: "INCREMENTAL", status: "QUEUED", started_at: null, requested_by: `user:${USER}` },
    ]);
  });

  it("tells of a check that gave way as stopped, and leaves its worker nothing to write", async () => {
    const jobId = await stored("status", "'SHOPIFY', 'RECONCILE', 'QUEUED'");
    const job = await claimJob(worker, { jobId, owner: "w", leaseSeconds: 30 });
    if (!job) throw new Error("not claimed");
    await requestSyncNow(db, SHOPIFY);
    const late = worker.pgTx((client) => saveCheckpoint(client, job, { page: 2 }));
    await expect(late).rejects.toBeInstanceOf(LeaseLostError);
    expect(await jobHistory(db, SHOP)).toMatchObject([
      { jobType: "INCREMENTAL", outcome: "WAITING" },
      { jobType: "RECONCILE", outcome: "STOPPED", error: { code: "GAVE_WAY" } },
    ]);
  });

  it("stands even when the queue cannot be reached", async () => {
    enqueued.mockRejectedValueOnce(new Error("no queue"));
    expect(await requestSyncNow(db, SHOPIFY)).toMatchObject({ accepted: true });
    expect(await jobs()).toHaveLength(1);
    expect(warned).toHaveBeenCalledOnce();
  });
});

describe("rebuilding", () => {
  it("asks for the whole history anew", async () => {
    await rebuild(db, SHOPIFY);
    expect((await jobs())[0].job_type).toBe("HISTORICAL_REBUILD");
    expect(await actions()).toMatchObject([{ action: "sync.rebuild_requested" }]);
  });

  it("is the first load where the history never stood", async () => {
    await historyIncomplete();
    await rebuild(db, SHOPIFY);
    expect((await jobs())[0].job_type).toBe("HISTORICAL_INIT");
  });

  it("takes the place of an update that has not begun, not of one that has", async () => {
    await planned();
    await rebuild(db, SHOPIFY);
    expect(await jobs()).toMatchObject([{ job_type: "HISTORICAL_REBUILD" }]);
    await requestSyncNow(db, SHOPIFY);
    expect(await jobs()).toMatchObject([{ job_type: "HISTORICAL_REBUILD" }]);
    await database.admin.query("DELETE FROM app_dashboard.sync_jobs");
    await running();
    expect(await rebuild(db, SHOPIFY)).toMatchObject({ accepted: false });
    expect(await jobs()).toMatchObject([{ job_type: "INCREMENTAL" }]);
  });
});

describe("two wishes for one connection, neither begun", () => {
  const wishes = {
    INCREMENTAL: () => requestSyncNow(db, SHOPIFY),
    HISTORICAL_REBUILD: () => rebuild(db, SHOPIFY),
    RECONCILE: async () =>
      retrySync(db, {
        ...person,
        jobId: await stored(
          "status, created_at, finished_at",
          "'SHOPIFY', 'RECONCILE', 'FAILED', now() - interval '1 day', now() - interval '1 day'",
        ),
      }),
  } as const;
  const kinds = ["RECONCILE", "INCREMENTAL", "HISTORICAL_REBUILD"] as const;
  const waiting = async () => (await jobs()).filter(({ finished_at: ended }) => !ended);

  it.each(kinds.flatMap((first) => kinds.map((second) => [first, second] as const)))(
    "%s, then %s: the greater one stands, once",
    async (first, second) => {
      const greater = kinds.indexOf(second) > kinds.indexOf(first);
      await wishes[first]();
      expect(await wishes[second]()).toMatchObject({ accepted: greater });
      expect(await waiting()).toMatchObject([{ job_type: greater ? second : first }]);
    },
  );

  it.each(["schedule", "webhook"])("a job of the %s gives way to each", async (by) => {
    for (const kind of kinds) {
      await database.admin.query("DELETE FROM app_dashboard.sync_jobs");
      await database.admin.query(
        `INSERT INTO app_dashboard.sync_jobs (shop_id, platform, job_type, requested_by, priority)
         VALUES ($1, 'SHOPIFY', 'HISTORICAL_INIT', $2, 60)`,
        [SHOP, by],
      );
      expect(await wishes[kind]()).toMatchObject({ accepted: true });
      expect(await waiting()).toMatchObject([
        { job_type: kind, requested_by: `user:${USER}`, priority: 0 },
      ]);
    }
  });
});

describe("trying again", () => {
  it.each(["INCREMENTAL", "HISTORICAL_INIT", "HISTORICAL_REBUILD"])(
    "asks for the failed job's own kind: %s",
    async (jobType) => {
      const jobId = await failed(jobType);
      const asked = await retrySync(db, { ...person, jobId });
      expect(asked).toMatchObject({ accepted: true });
      expect(asked?.jobId).not.toBe(jobId);
      expect(await jobs()).toMatchObject([{ status: "FAILED" }, { job_type: jobType }]);
    },
  );

  it("does nothing for a job that did not fail, or is another tenant's", async () => {
    const succeeded = await stored(
      "status, finished_at",
      "'META', 'INCREMENTAL', 'SUCCEEDED', now()",
    );
    const others = await stored(
      "status, finished_at",
      "'SHOPIFY', 'INCREMENTAL', 'FAILED', now()",
      OTHER,
    );
    expect(await retrySync(db, { ...person, jobId: succeeded })).toBeNull();
    expect(await retrySync(db, { ...person, jobId: others })).toBeNull();
    expect(await retrySync(db, { ...person, shopId: OTHER, jobId: others })).toBeNull();
    expect(enqueued).not.toHaveBeenCalled();
  });
});

describe("pausing", () => {
  it("notes it once, and cancels nothing", async () => {
    await running();
    await pauseSync(db, SHOPIFY);
    await pauseSync(db, SHOPIFY);
    const { rows } = await database.admin.query("SELECT * FROM app_dashboard.sync_pauses");
    expect(rows).toMatchObject([{ platform: "SHOPIFY", paused_by: `user:${USER}` }]);
    expect((await jobs())[0].status).toBe("IN_PROGRESS");
    expect(await actions()).toMatchObject([{ action: "sync.paused" }]);
  });

  it("ends with an update at once, and only where it was paused", async () => {
    await pauseSync(db, SHOPIFY);
    expect(await resumeSync(db, META)).toBeNull();
    expect(await jobs()).toEqual([]);
    expect(await resumeSync(db, SHOPIFY)).toMatchObject({ accepted: true });
    expect(await jobs()).toMatchObject([{ platform: "SHOPIFY", job_type: "INCREMENTAL" }]);
    const { rowCount } = await database.admin.query("SELECT FROM app_dashboard.sync_pauses");
    expect(rowCount).toBe(0);
    expect(await resumeSync(db, SHOPIFY)).toBeNull();
  });

  it("cannot be done to another tenant's shop", async () => {
    await expect(pauseSync(db, { ...SHOPIFY, shopId: OTHER })).rejects.toThrow(
      /row-level security/,
    );
  });
});

describe("the history", () => {
  it("tells what runs first, then what ended last, with who asked", async () => {
    await stored(
      "status, finished_at",
      "'SHOPIFY', 'HISTORICAL_INIT', 'SUCCEEDED', now() - interval '2 hours'",
    );
    const asked = await requestSyncNow(db, SHOPIFY);
    await database.admin.query(
      `UPDATE app_dashboard.sync_jobs SET status = 'FAILED', started_at = now() - interval '90 seconds',
         finished_at = now(), records_synced = 12, error_kind = 'DEFECT',
         error = '{"code": "X", "message": "m", "task": null, "retryable": false}' WHERE id = $1`,
      [asked?.jobId],
    );
    await running();
    await planned("META");
    const history = await jobHistory(db, SHOP);
    expect(history).toMatchObject([
      { outcome: "RUNNING", askedBy: { kind: "schedule" }, tookSeconds: null, error: null },
      {
        outcome: "FAILED",
        askedBy: { kind: "person", name: "Robin Owner" },
        recordsSynced: 12,
        error: { code: "X", kind: "DEFECT" },
      },
      { outcome: "SUCCEEDED", jobType: "HISTORICAL_INIT", tookSeconds: null },
    ]);
    expect(history[1]?.tookSeconds).toBeCloseTo(90, 0);
  });

  it("tells what people stopped apart, and no more than 50", async () => {
    const jobId = await planned("META");
    expect(await jobHistory(db, SHOP)).toEqual([]);
    await cancelSync(db, { ...person, jobId });
    await database.admin.query(
      `INSERT INTO app_dashboard.sync_jobs
         (shop_id, platform, job_type, status, requested_by, finished_at)
       SELECT $1, 'SHOPIFY', 'INCREMENTAL', 'SUCCEEDED', 'schedule', now() - n * interval '1 hour'
       FROM generate_series(1, 60) n`,
      [SHOP],
    );
    const history = await jobHistory(db, SHOP);
    expect(history).toHaveLength(50);
    expect(history[0]).toMatchObject({
      outcome: "STOPPED",
      error: { code: "CANCELED", kind: "STOPPED" },
    });
  });

  it("tells the newest live update alone, and every one that failed", async () => {
    const live = (status: string, minutes: string) =>
      database.admin.query(
        `INSERT INTO app_dashboard.sync_jobs
           (shop_id, platform, job_type, status, requested_by, finished_at)
         SELECT $1, 'SHOPIFY', 'INCREMENTAL', $2, 'webhook', now() - n * interval '1 minute'
         FROM unnest($3::int[]) n`,
        [SHOP, status, minutes],
      );
    await live("SUCCEEDED", `{${Array.from({ length: 70 }, (_, n) => n + 1)}}`);
    await live("FAILED", "{80,90}");
    await stored(
      "status, finished_at",
      "'SHOPIFY', 'INCREMENTAL', 'SUCCEEDED', now() - interval '2 hours'",
    );
    expect(await jobHistory(db, SHOP)).toMatchObject([
      { outcome: "SUCCEEDED", askedBy: { kind: "webhook" } },
      { outcome: "FAILED", askedBy: { kind: "webhook" } },
      { outcome: "FAILED", askedBy: { kind: "webhook" } },
      { outcome: "SUCCEEDED", askedBy: { kind: "schedule" } },
    ]);
  });

  it("is empty for another tenant's shop", async () => {
    await stored("status", "'SHOPIFY', 'INCREMENTAL', 'IN_PROGRESS'", OTHER);
    expect(await jobHistory(db, OTHER)).toEqual([]);
  });
});
