import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createOutgoingFetch } from "~/lib/outgoing.server";
import type { WorkerTenantDb } from "~/lib/tenant-db.server";
import { syncStatus } from "~/sync/freshness.server";
import { detailsReadTo, noteDetailsReadTo } from "~/sync/pending-details.server";
import { ordersWithoutDetails } from "~/warehouse/facts/orders-without-details.server";
import type { ShopifySimulator } from "../../simulators/shopify/options";
import { startShopifySimulator } from "../../simulators/shopify/server";
import { generateStore } from "../../simulators/shopify/store";
import { createTestDatabase, type TestDatabase } from "../harness/database";
import {
  API_KEY,
  API_SECRET,
  askForSync,
  CREDENTIAL_KEYS,
  connectShop,
} from "../support/connected-shop";
import { deliver, runSync } from "../support/run-sync";

vi.setConfig({ testTimeout: 120_000 });
// Credentials are opened with the process's keys; this process has no other environment.
vi.mock("~/lib/env.server", async (original) => ({
  ...(await original<typeof import("~/lib/env.server")>()),
  env: () => ({ CREDENTIAL_KEYS, LOG_LEVEL: "silent" }),
}));

const SHOP = "details.myshopify.com";
const ZONE = "Europe/Berlin";

let database: TestDatabase;
let simulator: ShopifySimulator;
let db: WorkerTenantDb;
/** Queries by name, with the ids that each asked for. */
let asked: Array<{ name: string; ids: string[] }> = [];
let before = async (_name: string): Promise<Response | undefined> => undefined;

const watching: typeof fetch = async (input, init) => {
  const body = typeof init?.body === "string" ? JSON.parse(init.body) : {};
  const name = /query (\w+)/.exec(body.query ?? "")?.[1] ?? "";
  asked.push({ name, ids: body.variables?.ids ?? [] });
  return (await before(name)) ?? createOutgoingFetch(simulator.origin)(input, init);
};
const options = () => ({ database, simulatorOrigin: simulator.origin, fetch: watching });
const detailIds = () =>
  asked.filter(({ name }) => name === "OrderDetails").flatMap(({ ids }) => ids);
const missing = () => db.pgTx((client) => ordersWithoutDetails(client, SHOP, "0", 1_000));
const readTo = () => db.pgTx((client) => detailsReadTo(client, SHOP));

beforeAll(async () => {
  database = await createTestDatabase();
  simulator = await startShopifySimulator({
    port: 0,
    apiKey: API_KEY,
    apiSecret: API_SECRET,
    appUrl: "http://127.0.0.1:9",
    stores: [
      {
        kind: "given",
        store: generateStore({
          seed: 31,
          orders: 260,
          days: 200,
          now: new Date(),
          domain: SHOP,
          plan: "plus",
          currency: "EUR",
          ianaTimezone: ZONE,
        }),
      },
    ],
    pacing: { bulkStartMs: 1, bulkRunMs: 1 },
  });
  db = await connectShop({ simulator, database, shop: SHOP, currency: "EUR", zone: ZONE });
  expect((await runSync(db, "HISTORICAL_INIT", options())).lastError).toBeNull();
});
afterAll(async () => {
  await simulator.stop();
  await database.drop();
});

describe("the details that a history leaves out", () => {
  it("do not keep the history from being complete", async () => {
    expect((await missing()).length).toBeGreaterThan(100);
    expect(await readTo()).toBe("0");
    const { rows } = await database.admin.query(
      "SELECT history_complete_at IS NOT NULL AS whole FROM app_dashboard.shops",
    );
    expect(rows).toEqual([{ whole: true }]);
  });

  it("are read slice by slice, what webhooks name in between", async () => {
    const all = await missing();
    const marked = all.at(-1);
    const jobId = await askForSync(db, "INCREMENTAL");
    await database.admin.query(
      `UPDATE app_dashboard.sync_jobs SET checkpoint = '{"window":null,"done":0,"details":900}'
       WHERE id = $1`,
      [jobId],
    );
    asked = [];
    before = async (name) => {
      if (name !== "OrderDetails") return undefined;
      before = async () => undefined;
      await database.admin.query(
        `INSERT INTO staging_ingest.shopify_dirty (shop_id, resource, id, marked_at)
         VALUES ($1, 'ORDER', $2, now())`,
        [SHOP, marked],
      );
      return undefined;
    };
    await deliver(db, jobId, { ...options(), meta: null });
    const status = await syncStatus(db, SHOP, "SHOPIFY");
    expect(status).toMatchObject({ running: null, lastError: null });
    expect(await readTo()).toBe(all[99]);
    expect(await missing()).toEqual(all.slice(100, -1));
    const names = asked.map(({ name }) => name);
    expect(names.indexOf("OrdersById")).toBeLessThan(names.lastIndexOf("OrderDetails"));
    const marks = await database.admin.query("SELECT FROM staging_ingest.shopify_dirty");
    expect(marks.rows).toEqual([]);
  });

  it("go on where a broken run stood, and end", async () => {
    const left = await missing();
    asked = [];
    let requests = 0;
    before = async (name) => {
      if (name !== "OrderDetails") return undefined;
      requests += 1;
      // A batch is two requests: the second batch breaks half way, what the first brought stands.
      return requests === 4 ? new Response("", { status: 402 }) : undefined;
    };
    const jobId = await askForSync(db, "INCREMENTAL");
    await database.admin.query(
      `UPDATE app_dashboard.sync_jobs SET checkpoint = '{"window":null,"done":0}' WHERE id = $1`,
      [jobId],
    );
    await deliver(db, jobId, { ...options(), meta: null });
    expect(await missing()).toEqual(left.slice(50));
    before = async () => undefined;
    asked = [];
    expect((await runSync(db, "INCREMENTAL", options())).lastError).toBeNull();
    expect(new Set(detailIds()).size).toBeGreaterThanOrEqual(left.length - 50);
    expect(detailIds()).not.toContain(`gid://shopify/Order/${left[0]}`);
    expect(await missing()).toEqual([]);
    expect(await readTo()).toBeNull();
  });

  it("are not looked for again until the next history", async () => {
    await database.admin.query("TRUNCATE staging_ingest.shopify_order_details_raw");
    await database.admin.query("UPDATE app_dashboard.sync_cursors SET watermark = now()");
    asked = [];
    expect((await runSync(db, "INCREMENTAL", options())).lastError).toBeNull();
    expect((await missing()).length).toBeGreaterThan(100);
    await db.pgTx((client) => noteDetailsReadTo(client, SHOP, "0"));
    expect((await runSync(db, "INCREMENTAL", options())).lastError).toBeNull();
    expect(await missing()).toEqual([]);
  });
});
