import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  type TenantDb,
  tenantDb,
  type WorkerTenantDb,
  workerTenantDb,
} from "~/lib/tenant-db.server";
import { syncStatus, syncStatuses } from "~/sync/freshness.server";
import { createTestDatabase, seedShop, type TestDatabase } from "../harness/database";

const SHOP = "status.myshopify.com";
const OTHER = "other-status.myshopify.com";
const USER = "7b0d4f6a-31a5-4c55-9a6f-2a7e6f1d0c11";
const FAILURE = { code: "SHOPIFY_HTTP", message: "418", task: "orders", retryable: false };

let database: TestDatabase;
let worker: WorkerTenantDb;
let person: TenantDb;

beforeAll(async () => {
  database = await createTestDatabase();
  await seedShop(database, SHOP);
  await seedShop(database, OTHER);
  await database.admin.query("INSERT INTO app_dashboard.users (id) VALUES ($1)", [USER]);
  await database.admin.query(
    "INSERT INTO app_dashboard.user_shops (shop_id, user_id, role) VALUES ($1, $2, 'STORE_USER')",
    [SHOP, USER],
  );
  worker = workerTenantDb(database.worker, SHOP);
  person = tenantDb(database.web, { kind: "user", userId: USER });
});
afterAll(() => database.drop());
beforeEach(() =>
  database.admin.query(
    `DELETE FROM app_dashboard.sync_jobs; DELETE FROM app_dashboard.sync_cursors;
     DELETE FROM app_dashboard.sync_pauses; DELETE FROM app_dashboard.ad_accounts;
     DELETE FROM app_dashboard.shop_credentials`,
  ),
);

interface Ended {
  platform?: string;
  status?: "SUCCEEDED" | "FAILED";
  minutesAgo: number;
  kind?: string;
}

async function ended({ platform = "SHOPIFY", status = "SUCCEEDED", minutesAgo, kind }: Ended) {
  await database.admin.query(
    `INSERT INTO app_dashboard.sync_jobs
       (shop_id, platform, job_type, status, requested_by, finished_at, error, error_kind)
     VALUES ($1, $2, 'INCREMENTAL', $3, 'test', now() - make_interval(mins => $4), $5, $6)`,
    [SHOP, platform, status, minutesAgo, kind ? FAILURE : null, kind ?? null],
  );
}

const inFlight = (shop: string, columns: string) =>
  database.admin
    .query(
      `INSERT INTO app_dashboard.sync_jobs AS job (shop_id, platform, job_type, requested_by)
     VALUES ($1, 'SHOPIFY', 'INCREMENTAL', 'test')`,
      [shop],
    )
    .then(() =>
      database.admin.query(`UPDATE app_dashboard.sync_jobs SET ${columns} WHERE shop_id = $1`, [
        shop,
      ]),
    );

async function connectMeta({ login, selected }: { login: boolean; selected: boolean }) {
  if (login) {
    await database.admin.query(
      "INSERT INTO app_dashboard.shop_credentials (shop_id, kind, key_id) VALUES ($1, 'META_USER', 'k')",
      [SHOP],
    );
  }
  await database.admin.query(
    `INSERT INTO app_dashboard.ad_accounts (shop_id, ad_account_id, platform, currency, iana_timezone, selected)
     VALUES ($1, 'act_1', 'META', 'EUR', 'Europe/Berlin', $2)`,
    [SHOP, selected],
  );
}

describe("the status of a shop's platforms", () => {
  it("has a row for each, also before anything was ever synced", async () => {
    expect(await syncStatuses(person, SHOP)).toEqual([
      {
        platform: "SHOPIFY",
        connected: true,
        pausedAt: null,
        lastSuccessAt: null,
        dataFreshTo: null,
        running: null,
        lastEndedAt: null,
        lastError: null,
        errorKind: null,
      },
      expect.objectContaining({ platform: "META", connected: false }),
    ]);
  });

  it("takes Meta for connected with a login and an ad account, not with one of them", async () => {
    await connectMeta({ login: true, selected: false });
    expect((await syncStatus(worker, SHOP, "META")).connected).toBe(false);
    await database.admin.query("UPDATE app_dashboard.ad_accounts SET selected = true");
    expect((await syncStatus(worker, SHOP, "META")).connected).toBe(true);
    await database.admin.query("DELETE FROM app_dashboard.shop_credentials");
    expect((await syncStatus(worker, SHOP, "META")).connected).toBe(false);
  });

  it("keeps the last success beside the newest error, each platform for itself", async () => {
    await ended({ minutesAgo: 30 });
    await ended({ minutesAgo: 20, status: "FAILED", kind: "DEFECT" });
    await ended({ minutesAgo: 50, platform: "META" });
    const [shopify, meta] = await syncStatuses(person, SHOP);
    expect(shopify).toMatchObject({ lastError: FAILURE, errorKind: "DEFECT" });
    expect(minutesSince(shopify?.lastSuccessAt)).toBe(30);
    expect(minutesSince(shopify?.lastEndedAt)).toBe(20);
    expect(meta).toMatchObject({ lastError: null, errorKind: null });
    expect(minutesSince(meta?.lastSuccessAt)).toBe(50);
  });

  it("forgets the error once a later job succeeded", async () => {
    await ended({ minutesAgo: 20, status: "FAILED", kind: "DEFECT" });
    await ended({ minutesAgo: 10 });
    expect(await syncStatus(person, SHOP)).toMatchObject({ lastError: null, errorKind: null });
  });

  it("tells what runs, and why it waits only while it waits between two tries", async () => {
    await inFlight(
      SHOP,
      `status = 'IN_PROGRESS', phase = 'TRANSFORM', done = 5, total = 9, rate = 2.5,
       records_synced = 7, started_at = now(), attempts = 1, error = '${JSON.stringify(FAILURE)}'`,
    );
    expect((await syncStatus(person, SHOP)).running).toMatchObject({
      status: "IN_PROGRESS",
      phase: "TRANSFORM",
      done: 5,
      total: 9,
      rate: 2.5,
      recordsSynced: 7,
      waitingError: null,
    });
    const waits = (columns: string) =>
      database.admin.query(`UPDATE app_dashboard.sync_jobs SET status = 'QUEUED', ${columns}`);
    await waits("attempts = 1");
    expect((await syncStatus(person, SHOP)).running?.waitingError).toEqual(FAILURE);
    await waits("attempts = 0");
    expect((await syncStatus(person, SHOP)).running?.waitingError).toBeNull();
  });

  it("takes the least watermark, and none of an ad account that is no longer read", async () => {
    await connectMeta({ login: true, selected: true });
    await database.admin.query(
      `INSERT INTO app_dashboard.sync_cursors (shop_id, platform, stream, watermark) VALUES
         ($1, 'SHOPIFY', 'orders', '2026-11-03T00:00:00Z'),
         ($1, 'SHOPIFY', 'customers', '2026-11-02T00:00:00Z'),
         ($1, 'META', 'insights:act_1', '2026-11-05T00:00:00Z'),
         ($1, 'META', 'insights:act_2', '2026-11-01T00:00:00Z')`,
      [SHOP],
    );
    const [shopify, meta] = await syncStatuses(person, SHOP);
    expect(shopify?.dataFreshTo).toEqual(new Date("2026-11-02T00:00:00Z"));
    expect(meta?.dataFreshTo).toEqual(new Date("2026-11-05T00:00:00Z"));
  });

  it("shows a person nothing of another's shop", async () => {
    await inFlight(OTHER, "phase = 'TRANSFORM'");
    expect(await syncStatuses(person, OTHER)).toEqual([]);
    expect(await syncStatus(person, OTHER)).toMatchObject({ connected: false, running: null });
  });

  it("is read by index, however long the job history is", async () => {
    await database.admin.query(
      `INSERT INTO app_dashboard.sync_jobs
         (shop_id, platform, job_type, status, requested_by, finished_at)
       SELECT shop, platform, 'INCREMENTAL', 'SUCCEEDED', 'schedule', now() - n * interval '15 minutes'
       FROM generate_series(1, 5000) n, unnest(ARRAY['SHOPIFY', 'META']) platform,
         unnest(ARRAY[$1, $2]) shop`,
      [SHOP, OTHER],
    );
    await database.admin.query("ANALYZE app_dashboard.sync_jobs");
    expect(await rowsRead()).toBeLessThan(50);
  });
});

const minutesSince = (at: Date | null | undefined) =>
  at ? Math.round((Date.now() - at.getTime()) / 60_000) : null;

interface PlanNode {
  "Actual Rows": number;
  "Actual Loops": number;
  "Rows Removed by Filter"?: number;
  "Relation Name"?: string;
  Plans?: PlanNode[];
}

/** How many rows of jobs Postgres touched to answer for one person's shop. */
async function rowsRead(): Promise<number> {
  const rows = await person.tx(
    (tx) => tx.$queryRaw<{ "QUERY PLAN": { Plan: PlanNode }[] }[]>`
      EXPLAIN (ANALYZE, FORMAT JSON) SELECT * FROM reporting.sync_status WHERE shop_id = ${SHOP}`,
  );
  const count = (node: PlanNode): number => {
    const touched = node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0);
    const own = node["Relation Name"] === "sync_jobs" ? touched * node["Actual Loops"] : 0;
    return own + (node.Plans ?? []).reduce((sum, child) => sum + count(child), 0);
  };
  const plan = rows[0]?.["QUERY PLAN"][0]?.Plan;
  if (!plan) throw new Error("no plan");
  return count(plan);
}
