import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { forgetOld } from "../../workers/retention";
import { createTestDatabase, seedShop, type TestDatabase } from "../harness/database";

const SHOP = "old.myshopify.com";
const OTHER = "other.myshopify.com";
const FAILED = "FAILED";
const SUCCEEDED = "SUCCEEDED";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  for (const shop of [SHOP, OTHER]) await seedShop(database, shop);
});
afterAll(() => database.drop());
beforeEach(() =>
  database.admin.query(
    "DELETE FROM app_dashboard.sync_jobs; DELETE FROM app_dashboard.worker_heartbeats",
  ),
);

interface Jobs {
  name: string;
  count?: number;
  days: number;
  shop?: string;
  platform?: string;
  jobType?: string;
  status?: string;
}

/** Ended jobs, an hour after one another; the newest of them ended `days` days ago. */
const ended = (jobs: Jobs) => {
  const { name, days, count = 1, shop = SHOP, platform = "SHOPIFY" } = jobs;
  const { jobType = "INCREMENTAL", status = SUCCEEDED } = jobs;
  return database.admin.query(
    `INSERT INTO app_dashboard.sync_jobs
       (shop_id, platform, job_type, status, requested_by, finished_at)
     SELECT $1, $2, $3, $4, $5, now() - make_interval(days => $6, hours => back)
     FROM generate_series(0, $7 - 1) back`,
    [shop, platform, jobType, status, name, days, count],
  );
};

/** What is left, counted by name. */
async function left(): Promise<Record<string, number>> {
  const { rows } = await database.admin.query<{ name: string; count: number }>(
    `SELECT requested_by AS name, count(*)::int AS count
     FROM app_dashboard.sync_jobs GROUP BY name`,
  );
  return Object.fromEntries(rows.map(({ name, count }) => [name, count]));
}

/** As many as always stay, so that whatever is older stands on its age alone. */
const newest = { name: "newest", count: 20, days: 0 };

describe("old jobs", () => {
  it("go: successful incrementals after three days, all others after ninety", async () => {
    await ended(newest);
    await ended({ name: "incremental of 2 days", days: 2 });
    await ended({ name: "incremental of 4 days", days: 4 });
    await ended({ name: "failed incremental of 89 days", days: 89, status: FAILED });
    await ended({ name: "failed incremental of 91 days", days: 91, status: FAILED });
    await ended({ name: "history of 89 days", days: 89, jobType: "HISTORICAL_INIT" });
    await ended({ name: "rebuild of 91 days", days: 91, jobType: "HISTORICAL_REBUILD" });
    expect(await forgetOld(database.worker)).toBe(3);
    expect(await left()).toEqual({
      newest: 20,
      "incremental of 2 days": 1,
      "failed incremental of 89 days": 1,
      "history of 89 days": 1,
    });
  });

  it("go after an hour when webhooks set them off and they succeeded", async () => {
    await ended(newest);
    await ended({ name: "webhook", count: 5, days: 1 });
    await ended({ name: "webhook", count: 2, days: 1, status: FAILED });
    await ended({ name: "schedule", count: 3, days: 1 });
    await database.admin.query(
      `INSERT INTO app_dashboard.sync_jobs
         (shop_id, platform, job_type, status, requested_by, finished_at)
       SELECT $1, 'SHOPIFY', 'INCREMENTAL', 'SUCCEEDED', 'webhook', now() - n * interval '20 minutes'
       FROM generate_series(1, 2) n`,
      [SHOP],
    );
    expect(await forgetOld(database.worker)).toBe(5);
    expect(await left()).toEqual({ newest: 20, webhook: 4, schedule: 3 });
  });

  it("stay as the newest success of data, though checks succeeded since", async () => {
    await ended({ name: "check", count: 30, days: 1, jobType: "RECONCILE" });
    await ended({ name: "webhook", count: 2, days: 80 });
    expect(await forgetOld(database.worker)).toBe(1);
    expect(await left()).toEqual({ check: 30, webhook: 1 });
  });

  it("stay when they are the newest twenty of their shop and platform", async () => {
    await ended({ name: "ads", platform: "META", count: 25, days: 100 });
    await ended({ name: "orders", count: 21, days: 100 });
    await ended({ name: "another shop's", shop: OTHER, count: 20, days: 100 });
    expect(await forgetOld(database.worker)).toBe(6);
    expect(await left()).toEqual({ ads: 20, orders: 20, "another shop's": 20 });
  });

  it("stay when they are the newest success, however many failures came after it", async () => {
    await ended({ name: "failures", count: 30, days: 1, status: FAILED });
    await ended({ name: "newest success", days: 200 });
    await ended({ name: "a success before it", days: 201 });
    expect(await forgetOld(database.worker)).toBe(1);
    expect(await left()).toEqual({ failures: 30, "newest success": 1 });
  });

  it("are not those that wait or run, however long", async () => {
    await ended(newest);
    await database.admin.query(
      `INSERT INTO app_dashboard.sync_jobs
         (shop_id, platform, job_type, status, requested_by, created_at, run_after)
       VALUES ($1, 'SHOPIFY', 'INCREMENTAL', 'QUEUED', 'waits', now() - interval '1 year',
         now() - interval '1 year')`,
      [SHOP],
    );
    expect(await forgetOld(database.worker)).toBe(0);
    expect(await left()).toEqual({ newest: 20, waits: 1 });
  });

  it("go to the last one in small batches, also when several workers are at it", async () => {
    await ended(newest);
    await ended({ name: "old", count: 50, days: 10 });
    const gone = await Promise.all([1, 2, 3].map(() => forgetOld(database.worker, { batch: 7 })));
    expect(gone.reduce((sum, count) => sum + count, 0)).toBe(50);
    expect(await left()).toEqual({ newest: 20 });
  });

  it("are at most a batch's in one transaction", async () => {
    await ended(newest);
    await ended({ name: "old", count: 50, days: 10 });
    await database.worker.pool.query(
      "SELECT app_dashboard.forget_old_jobs('1 hour', '3 days', '90 days', 20, 7)",
    );
    expect(await left()).toEqual({ newest: 20, old: 43 });
  });
});

it("signs of life go after a day", async () => {
  await database.admin.query(
    `INSERT INTO app_dashboard.worker_heartbeats (worker_id, at)
     VALUES ('dead', now() - interval '25 hours'), ('silent', now() - interval '23 hours')`,
  );
  await forgetOld(database.worker);
  const { rows } = await database.admin.query(
    "SELECT worker_id FROM app_dashboard.worker_heartbeats",
  );
  expect(rows).toEqual([{ worker_id: "silent" }]);
});
