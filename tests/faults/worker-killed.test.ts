import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { WorkerTenantDb } from "~/lib/tenant-db.server";
import { shopDay } from "~/lib/time";
import { shopMetrics } from "~/metrics/shop-metrics.server";
import { syncStatus } from "~/sync/freshness.server";
import type { ShopifySimulator } from "../../simulators/shopify/options";
import { startShopifySimulator } from "../../simulators/shopify/server";
import { generateStore, type SimStore } from "../../simulators/shopify/store";
import { createTestDatabase, type TestDatabase } from "../harness/database";
import { expectSameFigures } from "../harness/same-figures";
import { API_KEY, API_SECRET, askForSync, connectShop } from "../support/connected-shop";
import { startWorkerProcess, type WorkerProcess } from "../support/worker-process";

const SHOP = "killed.myshopify.com";
const ZONE = "America/New_York";
const ORDERS = 3_000;
const NOW = new Date();
const PHASES = ["FIRST_LIGHT", "LOAD", "TRANSFORM"];

let database: TestDatabase;
let simulator: ShopifySimulator;
let store: SimStore;
let db: WorkerTenantDb;
const workers: WorkerProcess[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  store = generateStore({
    seed: 11,
    orders: ORDERS,
    days: 120,
    now: NOW,
    domain: SHOP,
    plan: "plus",
    currency: "USD",
    ianaTimezone: ZONE,
  });
  simulator = await startShopifySimulator({
    port: 0,
    apiKey: API_KEY,
    apiSecret: API_SECRET,
    appUrl: "http://127.0.0.1:9",
    stores: [{ kind: "given", store }],
  });
  db = await connectShop({ simulator, database, shop: SHOP, currency: "USD", zone: ZONE });
});
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.end("SIGKILL")));
  await simulator.stop();
  await database.drop();
});

const start = () => {
  const worker = startWorkerProcess(database, simulator.origin);
  workers.push(worker);
  return worker;
};

/** Waits until the job is where the test wants it; fails with the worker's own words. */
async function until(
  worker: WorkerProcess,
  reached: (status: Awaited<ReturnType<typeof syncStatus>>) => boolean,
): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const status = await syncStatus(db, SHOP);
    if (reached(status)) return;
    const given_up = !status.running && status.lastError;
    if (given_up || Date.now() > deadline) {
      throw new Error(`not reached: ${JSON.stringify(status)}\n${worker.output()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}

describe("a worker that is killed in the middle of a backfill", () => {
  it("is followed by another that goes on, to the same figures", { timeout: 180_000 }, async () => {
    const jobId = await askForSync(db, "HISTORICAL_INIT");
    for (const [index, phase] of PHASES.entries()) {
      const victim = start();
      // A phase may be over before it was seen: a later one will do.
      await until(
        victim,
        ({ running }) => PHASES.indexOf(running?.phase ?? "") >= index && (running?.done ?? 0) > 0,
      );
      await victim.end("SIGKILL");
      expect((await syncStatus(db, SHOP)).running?.jobId, phase).toBe(jobId);
    }
    const drained = start();
    await until(drained, ({ running }) => (running?.done ?? 0) > 1_000);
    expect(await drained.end("SIGTERM")).toBe(0);
    const { rows: leases } = await database.admin.query(
      "SELECT lease_owner FROM app_dashboard.sync_jobs WHERE status = 'IN_PROGRESS'",
    );
    expect(leases).toEqual([]);

    const survivor = start();
    await until(survivor, ({ lastSuccessAt }) => lastSuccessAt !== null);
    expect(survivor.output()).toContain("DB connection ok");
    expect(await survivor.end("SIGTERM")).toBe(0);

    const truth = store.heads.map(({ id }) => store.node(id)).filter((node) => node !== null);
    const { firstEventAt, lastEventAt } = store.summary();
    const metrics = await shopMetrics(db, {
      shopId: SHOP,
      from: shopDay(new Date(firstEventAt ?? NOW), ZONE),
      to: shopDay(new Date(lastEventAt ?? NOW), ZONE),
    });
    if (!metrics) throw new Error("no metrics");
    expectSameFigures(metrics, truth);
    const { rows } = await database.admin.query(
      `SELECT (SELECT count(*)::int FROM core_warehouse.orders) AS orders,
        (SELECT count(*)::int FROM bulk_load.lines) AS lines,
        (SELECT count(*)::int FROM app_dashboard.sync_cursors) AS cursors`,
    );
    expect(rows).toEqual([{ orders: ORDERS, lines: 0, cursors: 1 }]);
  });

  it("refuses to start without its database, in one plain sentence", async () => {
    const urls = { ...database.urls, worker: "postgresql://nobody:secret@127.0.0.1:9/none" };
    const worker = startWorkerProcess({ urls }, simulator.origin);
    const deadline = Date.now() + 30_000;
    // It ends by itself: a signal on its way out would end it with another code.
    while (!worker.ended() && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(worker.output().trim()).toMatch(/^The worker does not start: .*WORKER_DATABASE_URL.*$/);
    expect(worker.output()).not.toContain("secret");
    expect(await worker.end("SIGTERM")).toBe(1);
  });
});
