import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { createLogger } from "~/lib/logger.server";
import { createOutgoingFetch } from "~/lib/outgoing.server";
import type { WorkerTenantDb } from "~/lib/tenant-db.server";
import type { JobType } from "~/sync/job-types";
import type { ShopifySimulator } from "../../simulators/shopify/options";
import { startShopifySimulator } from "../../simulators/shopify/server";
import { cancelAbandonedBulks } from "../../workers/abandoned-bulks";
import { createTestDatabase, type TestDatabase } from "../harness/database";
import {
  API_KEY,
  API_SECRET,
  askForSync,
  CREDENTIAL_KEYS,
  connectShop,
} from "../support/connected-shop";
import { deliver } from "../support/run-sync";

vi.setConfig({ testTimeout: 120_000 });
// Credentials are opened with the process's keys; this process has no other environment.
vi.mock("~/lib/env.server", async (original) => ({
  ...(await original<typeof import("~/lib/env.server")>()),
  env: () => ({ CREDENTIAL_KEYS, LOG_LEVEL: "silent" }),
}));

const SHOP = "leases.myshopify.com";
const ORDERS = 620;
/** Everything that a sync writes. */
const TABLES = [
  "app_dashboard.sync_jobs",
  "app_dashboard.sync_cursors",
  "app_dashboard.shops",
  "bulk_load.lines",
  "staging_ingest.shopify_orders_raw",
  "core_warehouse.orders",
  "core_warehouse.order_line_items",
  "core_warehouse.order_sales",
  "core_warehouse.transactions",
  "core_warehouse.refunds",
  "reporting.daily_shopify_metrics",
];
const DATA = TABLES.filter((table) => table !== "app_dashboard.shops");

let database: TestDatabase;
let simulator: ShopifySimulator;
let db: WorkerTenantDb;
let plain: typeof fetch;

beforeAll(async () => {
  database = await createTestDatabase();
  simulator = await startShopifySimulator({
    port: 0,
    apiKey: API_KEY,
    apiSecret: API_SECRET,
    appUrl: "http://127.0.0.1:9",
    stores: [
      {
        kind: "generated",
        options: {
          seed: 51,
          orders: ORDERS,
          days: 100,
          now: new Date(),
          domain: SHOP,
          plan: "plus",
          currency: "EUR",
          ianaTimezone: "Europe/Berlin",
        },
      },
    ],
    pacing: { bulkStartMs: 1, bulkRunMs: 1 },
  });
  plain = createOutgoingFetch(simulator.origin);
  db = await connectShop({
    simulator,
    database,
    shop: SHOP,
    currency: "EUR",
    zone: "Europe/Berlin",
  });
});
afterAll(async () => {
  await simulator.stop();
  await database.drop();
});
afterEach(() => database.admin.query("DROP TRIGGER IF EXISTS thief ON app_dashboard.sync_jobs"));

const job = async () =>
  (await database.admin.query("SELECT * FROM app_dashboard.sync_jobs ORDER BY created_at DESC"))
    .rows[0];
const dueNow = () =>
  database.admin.query(
    "UPDATE app_dashboard.sync_jobs SET run_after = now() WHERE status = 'QUEUED'",
  );

async function forgetAll(): Promise<void> {
  await database.admin.query(
    `TRUNCATE ${DATA.join(", ")};
     UPDATE app_dashboard.shops SET history_complete_at = NULL, figures_complete_from = NULL`,
  );
}

async function snapshot(tables: readonly string[] = TABLES): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const table of tables) {
    const { rows } = await database.admin.query(
      `SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') AS sum
       FROM ${table} AS t`,
    );
    found[table] = rows[0].sum;
  }
  return found;
}

/** Delivers the job until it ended or was stolen; `onCall` comes before the n-th call to Shopify. */
async function workOn(jobId: string, onCall: (n: number) => Promise<void>): Promise<number> {
  let calls = 0;
  const watched: typeof fetch = async (input, init) => {
    calls += 1;
    await onCall(calls);
    return plain(input, init);
  };
  for (;;) {
    await deliver(db, jobId, { database, fetch: watched, meta: null });
    const { status, lease_owner } = await job();
    if (status !== "QUEUED" || lease_owner === "thief") return calls;
    await dueNow();
  }
}

async function begin(jobType: JobType): Promise<string> {
  await database.admin.query("DELETE FROM app_dashboard.sync_jobs");
  if (jobType === "HISTORICAL_INIT") await forgetAll();
  if (jobType === "INCREMENTAL") {
    await database.admin.query(
      `INSERT INTO app_dashboard.sync_cursors (shop_id, platform, stream, watermark)
       VALUES ($1, 'SHOPIFY', 'orders', now() - interval '9 days')
       ON CONFLICT (shop_id, platform, stream) DO UPDATE SET watermark = excluded.watermark`,
      [SHOP],
    );
  }
  return askForSync(db, jobType);
}

describe("a worker that lives on after its lease went to another", () => {
  it.each(["HISTORICAL_INIT", "INCREMENTAL"] as const)(
    "changes nothing any more, whichever call to Shopify it was at: %s",
    async (jobType) => {
      const calls = await workOn(await begin(jobType), async () => undefined);
      expect((await job()).status).toBe("SUCCEEDED");
      expect(calls).toBeGreaterThan(jobType === "INCREMENTAL" ? 0 : 8);
      let thefts = 0;
      for (let n = 1; n <= calls; n += 1) {
        const jobId = await begin(jobType);
        let stolen: Record<string, string> | undefined;
        await workOn(jobId, async (call) => {
          if (call !== n) return;
          await database.admin.query(
            `UPDATE app_dashboard.sync_jobs
             SET lease_owner = 'thief', lease_until = now() + interval '1 hour'`,
          );
          stolen = await snapshot();
        });
        // The number of polls differs a little from run to run.
        if (!stolen) continue;
        thefts += 1;
        expect(await snapshot(), `call ${n} of ${calls}`).toEqual(stolen);
      }
      expect(thefts).toBeGreaterThan(calls / 2);
      await database.admin.query("DELETE FROM app_dashboard.sync_jobs");
    },
  );

  it.each([
    ["TRANSFORM", ["staging_ingest.shopify_orders_raw", "core_warehouse.orders"]],
    ["ROLLUP", [...DATA.slice(1), "app_dashboard.shops"]],
  ])("commits nothing of the phase %s that began with its loss", async (phase, tables) => {
    const jobId = await begin("HISTORICAL_INIT");
    await database.admin.query(
      `CREATE OR REPLACE FUNCTION public.steal() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         NEW.lease_owner := 'thief';
         RETURN NEW;
       END $$;
       CREATE TRIGGER thief BEFORE UPDATE OF checkpoint ON app_dashboard.sync_jobs
       FOR EACH ROW WHEN (NEW.checkpoint ->> 'phase' = '${phase}') EXECUTE FUNCTION public.steal()`,
    );
    let before: Record<string, string> = {};
    await workOn(jobId, async () => {
      // What the last call found is not touched by the phase that follows it.
      before = await snapshot(tables);
    });
    expect((await job()).checkpoint.phase).toBe(phase);
    expect(await snapshot(tables)).toEqual(before);
  });
});

describe("a job that a person cancels", () => {
  const cancel = () =>
    database.admin.query(
      `UPDATE app_dashboard.sync_jobs SET status = 'FAILED', error_kind = 'STOPPED',
         error = '{"code": "CANCELED", "message": "", "task": null, "retryable": false}',
         finished_at = now(), lease_owner = NULL, lease_until = NULL`,
    );
  const log = createLogger({ level: "silent" });

  // Long before the next renewal of the lease, after ten seconds, would tell of it.
  it("stops its process, also while that waits for an answer that never comes", {
    timeout: 8_000,
  }, async () => {
    const jobId = await begin("INCREMENTAL");
    const silent: typeof fetch = async (_input, init) => {
      // It has said how far it is, and writes nothing more of itself.
      await vi.waitFor(async () => expect((await job()).phase).toBe("INCREMENTAL"), 5_000);
      await cancel();
      return new Promise((_, reject) => {
        init?.signal?.addEventListener("abort", () => reject(init.signal?.reason));
      });
    };
    await deliver(db, jobId, { database, fetch: silent, meta: null });
    expect(await job()).toMatchObject({
      status: "FAILED",
      attempts: 0,
      error: { code: "CANCELED" },
      error_kind: "STOPPED",
    });
  });

  it("leaves no bulk operation running at Shopify, and no lines of it here", async () => {
    const jobId = await begin("HISTORICAL_REBUILD");
    await database.admin.query("TRUNCATE bulk_load.lines");
    await deliver(db, jobId, {
      database,
      meta: null,
      fetch: async (input, init) => {
        const response = await plain(input, init);
        if (!String(init?.body).includes("PollBulk")) return response;
        // Shopify takes its time.
        const running = (await response.text()).replace(/"COMPLETED"/, '"RUNNING"');
        return new Response(running, response);
      },
    });
    const { checkpoint } = await job();
    const ids = [checkpoint.orders.id, checkpoint.ledger.id];
    await database.admin.query(
      "INSERT INTO bulk_load.lines (shop_id, operation_id, line_no, body) VALUES ($1, $2, 1, '{}')",
      [SHOP, ids[0]],
    );
    await cancel();
    const canceled: unknown[] = [];
    const access = {
      clientId: API_KEY,
      clientSecret: API_SECRET,
      fetch: (async (input, init) => {
        const { query, variables } = JSON.parse(String(init?.body));
        if (query.includes("bulkOperationCancel")) canceled.push(variables.id);
        return plain(input, init);
      }) as typeof fetch,
    };
    expect(await cancelAbandonedBulks(database.worker, access, log)).toBe(2);
    expect(canceled).toEqual(ids);
    const lines = await database.admin.query("SELECT FROM bulk_load.lines");
    expect(lines.rowCount).toBe(0);
    expect(await cancelAbandonedBulks(database.worker, access, log)).toBe(0);
  });

  it("does not take the operations of one that goes on", async () => {
    const jobId = await begin("HISTORICAL_REBUILD");
    await deliver(db, jobId, { database, fetch: plain, meta: null });
    const access = { clientId: API_KEY, clientSecret: API_SECRET, fetch: plain };
    expect(await cancelAbandonedBulks(database.worker, access, log)).toBe(0);
    await database.admin.query("DELETE FROM app_dashboard.sync_jobs");
  });
});

describe("a job that gives its slot back after every commit", () => {
  const turns = { turnMs: 0, othersWait: () => true };
  /** Some of the places where it stopped: between two pages, between two chunks, between steps. */
  const STOPS = {
    HISTORICAL_INIT: [
      "FIRST_LIGHT",
      "BULK_WAIT",
      "TRANSFORM 0",
      "TRANSFORM 500",
      "REREAD",
      "ROLLUP",
    ],
    HISTORICAL_REBUILD: ["BULK_WAIT", "TRANSFORM 0", "TRANSFORM 500", "COUNT_CHECK", "ROLLUP"],
    INCREMENTAL: ["one page", "two pages"],
  };

  it.each(["HISTORICAL_INIT", "HISTORICAL_REBUILD", "INCREMENTAL"] as const)(
    "comes to the same end as one that keeps it: %s",
    async (jobType) => {
      const figures = ["core_warehouse.orders", "core_warehouse.order_sales"];
      if (jobType !== "HISTORICAL_INIT") {
        await workOn(await begin("HISTORICAL_REBUILD"), async () => undefined);
      }
      await begin(jobType);
      await database.admin.query("DELETE FROM app_dashboard.sync_jobs");
      if (jobType === "INCREMENTAL") {
        await database.admin.query(
          "UPDATE app_dashboard.sync_cursors SET watermark = now() - interval '60 days'",
        );
      }
      const before = jobType === "HISTORICAL_INIT" ? null : await snapshot(figures);
      const jobId = await askForSync(db, jobType);
      const stood = new Set<string>();
      while ((await job()).status === "QUEUED") {
        await dueNow();
        await deliver(db, jobId, { database, fetch: plain, meta: null, turns });
        const { checkpoint } = await job();
        stood.add(checkpoint.phase ?? (stood.has("one page") ? "two pages" : "one page"));
        stood.add(`${checkpoint.phase} ${checkpoint.transformed}`);
      }
      expect(await job()).toMatchObject({ status: "SUCCEEDED", error: null, priority: 120 });
      expect([...stood]).toEqual(expect.arrayContaining(STOPS[jobType]));
      if (before) expect(await snapshot(figures)).toEqual(before);
      const { rows } = await database.admin.query(
        "SELECT count(*)::int AS orders FROM core_warehouse.orders WHERE deleted_at IS NULL",
      );
      expect(rows).toEqual([{ orders: ORDERS }]);
    },
  );
});
