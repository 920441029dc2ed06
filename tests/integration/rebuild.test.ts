import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { RawOrder } from "~/connectors/shopify/order-schemas";
import { createOutgoingFetch } from "~/lib/outgoing.server";
import type { WorkerTenantDb } from "~/lib/tenant-db.server";
import { vanishedOrders } from "~/warehouse/facts/vanished-orders.server";
import { loadOrders } from "~/warehouse/load-orders.server";
import { markOrdersDeleted } from "~/warehouse/mark-orders-deleted.server";
import type { ShopifySimulator } from "../../simulators/shopify/options";
import { startShopifySimulator } from "../../simulators/shopify/server";
import { generateStore } from "../../simulators/shopify/store";
import { createTestDatabase, type TestDatabase } from "../harness/database";
import { API_KEY, API_SECRET, CREDENTIAL_KEYS, connectShop } from "../support/connected-shop";
import { runSync } from "../support/run-sync";

vi.setConfig({ testTimeout: 120_000 });
// Credentials are opened with the process's keys; this process has no other environment.
vi.mock("~/lib/env.server", async (original) => ({
  ...(await original<typeof import("~/lib/env.server")>()),
  env: () => ({ CREDENTIAL_KEYS, LOG_LEVEL: "silent" }),
}));

const SHOP = "rebuild.myshopify.com";
const NOW = new Date();
const DAY_MS = 86_400_000;
/** An order that Shopify does not know, nor ever did. */
const GHOST = "8990000000000000001";

let database: TestDatabase;
let simulator: ShopifySimulator;
let db: WorkerTenantDb;

const rowsOf = async (sql: string) => (await database.admin.query(sql)).rows;
const figures = async () =>
  rowsOf(
    `SELECT to_jsonb(m) - 'updated_at' AS day FROM reporting.daily_shopify_metrics AS m
     ORDER BY m.day, m.currency`,
  );
const shopRow = async () =>
  (await rowsOf("SELECT history_complete_at, figures_complete_from FROM app_dashboard.shops"))[0];
const deletedIds = async () =>
  (
    await rowsOf(
      "SELECT order_id FROM core_warehouse.orders WHERE deleted_at IS NOT NULL ORDER BY 1",
    )
  ).map(({ order_id }) => order_id);

let truth: unknown;

beforeAll(async () => {
  database = await createTestDatabase();
  const store = generateStore({
    seed: 41,
    orders: 300,
    days: 120,
    now: NOW,
    domain: SHOP,
    plan: "plus",
    currency: "EUR",
    ianaTimezone: "Europe/Berlin",
  });
  simulator = await startShopifySimulator({
    port: 0,
    apiKey: API_KEY,
    apiSecret: API_SECRET,
    appUrl: "http://127.0.0.1:9",
    stores: [{ kind: "given", store }],
    pacing: { bulkStartMs: 1, bulkRunMs: 1 },
  });
  db = await connectShop({
    simulator,
    database,
    shop: SHOP,
    currency: "EUR",
    zone: "Europe/Berlin",
  });
  expect((await runSync(db, "HISTORICAL_INIT", sim())).lastError).toBeNull();
  truth = await figures();
});
afterAll(async () => {
  await simulator.stop();
  await database.drop();
});

beforeEach(async () => {
  await database.admin.query(
    `UPDATE app_dashboard.shops SET scopes = 'read_orders,read_all_orders';
     UPDATE core_warehouse.orders SET deleted_at = NULL;
     DELETE FROM staging_ingest.shopify_orders_raw WHERE order_id >= ${GHOST};
     DELETE FROM staging_ingest.shopify_orders_deleted;
     DELETE FROM core_warehouse.order_sales WHERE order_id >= ${GHOST};
     DELETE FROM core_warehouse.order_line_items WHERE order_id >= ${GHOST};
     DELETE FROM core_warehouse.orders WHERE order_id >= ${GHOST}`,
  );
  // Old figures that can be told from new ones.
  await database.admin.query(
    "UPDATE reporting.daily_shopify_metrics SET gross_sales = gross_sales + 1000",
  );
});

const sim = (hooks: Partial<Hooks> = {}) => ({
  database,
  simulatorOrigin: simulator.origin,
  fetch: hooked(hooks),
});

interface Hooks {
  /** Before each call. */
  before(body: string): Promise<void>;
  /** What Shopify answered to the count. */
  count(text: string): string;
}

function hooked({ before, count }: Partial<Hooks>): typeof fetch {
  const plain = createOutgoingFetch(simulator.origin);
  return async (input, init) => {
    const body = String(init?.body ?? "");
    await before?.(body);
    const response = await plain(input, init);
    if (!count || !body.includes("ordersCount")) return response;
    return new Response(count(await response.text()), response);
  };
}

/** The ghost's parts have ids that nothing else has. */
const partId = (ghost: string, own: string) =>
  String(BigInt(ghost) - 10n ** 16n * BigInt(ghost.slice(-1)) - (BigInt(own) % 10n ** 15n) - 10n);

/** Stores an order as if it had once been read; `days` ago it was made. */
async function storeGhost(days: number, id = GHOST): Promise<void> {
  const [row] = await rowsOf(
    "SELECT payload FROM staging_ingest.shopify_orders_raw ORDER BY order_id LIMIT 1",
  );
  const at = new Date(Date.now() - days * DAY_MS).toISOString();
  const rename = (key: string, value: unknown) => {
    if (key === "id") return String(value).replace(/\d+$/, (own) => partId(id, own));
    return /(created|updated|processed|happened)At$/.test(key) && value !== null ? at : value;
  };
  const ghost = JSON.parse(JSON.stringify(row.payload), rename) as RawOrder;
  const document = { ...ghost, id: `gid://shopify/Order/${id}` } as RawOrder;
  await db.pgTx((client) => loadOrders(client, SHOP, [document], "PAGE", { trackDays: false }));
}

it("nothing is taken for deleted while the file is not stored whole", async () => {
  await storeGhost(100);
  const file = { operationIds: ["gid://shopify/BulkOperation/1"], from: null, to: NOW };
  const found = async (lines: number) =>
    (await db.pgTx((client) => vanishedOrders(client, SHOP, { ...file, lines }))).length;
  expect(await found(7)).toBe(0);
  // An empty file of an empty shop, which this is not.
  expect(await found(0)).toBeGreaterThan(200);
});

describe("a rebuild", () => {
  it("serves the old figures until the new ones are complete", async () => {
    // The newest days have changed as well, which first light would show.
    await database.admin.query(
      "DELETE FROM staging_ingest.shopify_orders_raw WHERE updated_at > now() - interval '7 days'",
    );
    const before = { shop: await shopRow(), figures: await figures() };
    expect(before.figures).not.toEqual(truth);
    let calls = 0;
    const watching = async () => {
      calls += 1;
      expect({ shop: await shopRow(), figures: await figures() }).toEqual(before);
    };
    const status = await runSync(db, "HISTORICAL_REBUILD", sim({ before: watching }));
    expect(status.lastError).toBeNull();
    expect(calls).toBeGreaterThan(5);
    expect(await figures()).toEqual(truth);
    expect((await shopRow()).figures_complete_from).toBeNull();
  });

  it("takes orders that the shop no longer has out of the figures, and no other", async () => {
    await storeGhost(100);
    const young = "8990000000000000002";
    await storeGhost(0, young);
    const status = await runSync(db, "HISTORICAL_REBUILD", sim());
    expect(status.lastError).toBeNull();
    expect(await deletedIds()).toEqual([GHOST]);
    await db.pgTx((client) => markOrdersDeleted(client, SHOP, [young], new Date()));
    await runSync(db, "HISTORICAL_REBUILD", sim());
    expect(await figures()).toEqual(truth);
  });

  it("leaves orders alone that Shopify may not show without read_all_orders", async () => {
    await storeGhost(100);
    await storeGhost(59.5, "8990000000000000002");
    await storeGhost(30, "8990000000000000003");
    await database.admin.query("UPDATE app_dashboard.shops SET scopes = 'read_orders'");
    const status = await runSync(db, "HISTORICAL_REBUILD", sim());
    expect(status.lastError).toBeNull();
    expect(await deletedIds()).toEqual(["8990000000000000003"]);
  });

  it("brings an order back that was taken for deleted and is there", async () => {
    const some = await rowsOf("SELECT order_id FROM core_warehouse.orders ORDER BY 1 LIMIT 5");
    const ids = some.map(({ order_id }) => order_id);
    const yesterday = new Date(Date.now() - DAY_MS);
    await db.pgTx((client) => markOrdersDeleted(client, SHOP, ids, yesterday));
    expect((await runSync(db, "HISTORICAL_REBUILD", sim())).lastError).toBeNull();
    expect(await deletedIds()).toEqual([]);
    expect(await figures()).toEqual(truth);
  });

  it("that does not come to Shopify's count changes no figure and deletes nothing", async () => {
    await storeGhost(100);
    const old = await figures();
    const more = (text: string) =>
      text.replace(/"count":(\d+)/, (_, n) => `"count":${Number(n) + 1}`);
    const status = await runSync(db, "HISTORICAL_REBUILD", sim({ count: more }));
    expect(status.lastError).toMatchObject({ code: "COUNT_MISMATCH" });
    expect(await deletedIds()).toEqual([]);
    expect(await figures()).toEqual(old);
  });

  it("whose file is lost before its end reads it again, and takes nothing for deleted", async () => {
    let counts = 0;
    let files = 0;
    const losing = async (body: string) => {
      if (body.includes("bulkOperationRunQuery")) files += 1;
      if (!body.includes("ordersCount")) return;
      counts += 1;
      // The first is the count of the beginning.
      if (counts === 2) await database.admin.query("TRUNCATE bulk_load.lines");
    };
    const status = await runSync(db, "HISTORICAL_REBUILD", sim({ before: losing }));
    expect(status.lastError).toBeNull();
    expect(files).toBe(3);
    expect(await deletedIds()).toEqual([]);
    expect(await figures()).toEqual(truth);
  });
});
