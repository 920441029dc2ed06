import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { bulkIsComplete, pollBulk, runBulk } from "~/connectors/shopify/bulk.server";
import { ordersBulkQuery } from "~/connectors/shopify/documents/orders-bulk";
import { createOrderReader } from "~/connectors/shopify/orders.server";
import { createOutgoingFetch } from "~/lib/outgoing.server";
import { orderGid } from "~/lib/shopify-ids";
import type { WorkerTenantDb } from "~/lib/tenant-db.server";
import { FACT_TABLES } from "~/warehouse/facts/tables";
import { loadOrders } from "~/warehouse/load-orders.server";
import { rebuildFacts } from "~/warehouse/rebuild-facts.server";
import { rollupDays } from "~/warehouse/rollups/rollup-days.server";
import { orderMetafields } from "~/warehouse/shop-settings.server";
import { assembleOrders } from "~/warehouse/staging/assemble-orders.server";
import { copyBulkLines, deleteBulkLines } from "~/warehouse/staging/bulk-lines.server";
import type { ShopifySimulator } from "../../simulators/shopify/options";
import { startShopifySimulator } from "../../simulators/shopify/server";
import { generateStore, type OrderNode, type SimStore } from "../../simulators/shopify/store";
import { createTestDatabase, type TestDatabase } from "../harness/database";
import { API_KEY, API_SECRET, CREDENTIAL_KEYS, connectShop } from "../support/connected-shop";
import { adminOf, readDetailsPhase } from "../support/read-details";
import { runSync } from "../support/run-sync";
import { DERIVED_TABLES, derivedState, RAW_TABLES } from "../support/warehouse";

vi.setConfig({ testTimeout: 120_000 });
// Credentials are opened with the process's keys; this process has no other environment.
vi.mock("~/lib/env.server", async (original) => ({
  ...(await original<typeof import("~/lib/env.server")>()),
  env: () => ({ CREDENTIAL_KEYS, LOG_LEVEL: "silent" }),
}));

const SHOP = "roads.myshopify.com";
const ZONE = "Europe/Berlin";
const ORDERS = 300;
const NOW = new Date();

let database: TestDatabase;
let simulator: ShopifySimulator;
let db: WorkerTenantDb;

beforeAll(async () => {
  database = await createTestDatabase();
  simulator = await startShopifySimulator({
    port: 0,
    apiKey: API_KEY,
    apiSecret: API_SECRET,
    appUrl: "http://127.0.0.1:9",
    stores: [{ kind: "given", store: STORE }],
    pacing: { bulkStartMs: 1, bulkRunMs: 1 },
  });
  db = await connectShop({ simulator, database, shop: SHOP, currency: "EUR", zone: ZONE });
});
afterAll(async () => {
  await simulator.stop();
  await database.drop();
});

/** A store whose newest order has more lines, agreements and sales than any first page holds. */
function withOneHugeOrder(): SimStore {
  const store = generateStore({
    seed: 5,
    orders: ORDERS,
    days: 60,
    now: NOW,
    domain: SHOP,
    plan: "plus",
    currency: "EUR",
    ianaTimezone: ZONE,
  });
  const huge = store.heads.at(-1)?.id;
  const long = store.heads.find(({ id }) => {
    const record = store.records?.order(id);
    return record?.returns.length && record.refunds.some(({ lines }) => lines.length > 0);
  })?.id;
  if (!long) throw new Error("the store holds no order with a return");
  return {
    ...store,
    node: (id) => {
      const node = store.node(id);
      if (!node) return node;
      return id === huge ? inflate(node) : id === long ? withLongDetails(node) : node;
    },
  };
}

/** An order whose refunds, parcels and returns are longer than a first page of details. */
function withLongDetails(node: OrderNode): OrderNode {
  const copies = (list: unknown, count: number) => {
    const [first] = list as OrderNode[];
    return Array.from({ length: count }, (_, i) => ({
      ...first,
      // A fee stands with one line only.
      ...(i > 0 && first && "restockingFee" in first ? { restockingFee: null } : {}),
      id: String(first?.id).replace(/\d+$/, `66${i + 1}`),
    }));
  };
  const longer = (owners: unknown, lists: Record<string, number>) =>
    (owners as OrderNode[]).map((owner, index) =>
      index > 0
        ? owner
        : {
            ...owner,
            ...Object.fromEntries(
              Object.entries(lists).map(([name, count]) => [name, copies(owner[name], count)]),
            ),
          },
    );
  return {
    ...node,
    refunds: longer(node.refunds, { refundLineItems: 130 }),
    fulfillments: longer(node.fulfillments, { fulfillmentLineItems: 12, events: 75 }),
    returns: longer(node.returns, { returnLineItems: 60 }),
  };
}

function inflate(node: OrderNode): OrderNode {
  const [line] = node.lineItems as OrderNode[];
  const [agreement] = node.agreements as OrderNode[];
  const [sale] = (agreement?.sales ?? []) as OrderNode[];
  const many = <T>(count: number, make: (index: number) => T) =>
    Array.from({ length: count }, (_, i) => make(i + 1));
  return {
    ...node,
    lineItems: many(130, (i) => ({ ...line, id: `gid://shopify/LineItem/77${i}` })),
    agreements: many(25, (a) => ({
      ...agreement,
      id: `gid://shopify/SalesAgreement/88${a}`,
      sales: many(a === 3 ? 240 : 1, (s) => ({ ...sale, id: `gid://shopify/Sale/99${a}00${s}` })),
    })),
  };
}

const STORE = withOneHugeOrder();

const sim = () => ({ database, simulatorOrigin: simulator.origin });
const state = () => derivedState({ rows: async (sql) => (await database.admin.query(sql)).rows });
const reading = () => ({ db, ...sim() });
const admin = () => adminOf(reading());

const PAGES = {
  search: "created_at:>='2000-01-01T00:00:00Z'",
  sortKey: "CREATED_AT",
  reverse: false,
} as const;

async function readByPages(): Promise<void> {
  const reader = createOrderReader(admin(), "test");
  let after: string | null = null;
  for (let more = true; more; ) {
    const page = await reader.page({ ...PAGES, after });
    await db.pgTx((client) => loadOrders(client, SHOP, page.orders, "PAGE", { trackDays: false }));
    after = page.endCursor;
    more = page.hasNextPage;
  }
  await db.pgTx((client) => rollupDays(client, SHOP, "all"));
}

async function readById(gids: readonly string[]): Promise<void> {
  const orders = await createOrderReader(admin(), "test").byId(gids);
  await db.pgTx(async (client) => {
    await loadOrders(client, SHOP, orders, "PAGE", { trackDays: false });
    await rollupDays(client, SHOP, "all");
  });
}

const hashes = async () => {
  const found = await Promise.all(
    RAW_TABLES.map((table) =>
      database.admin.query(
        `SELECT order_id, encode(payload_hash, 'hex') AS hash FROM ${table} ORDER BY 1`,
      ),
    ),
  );
  return found.map(({ rows }) => rows);
};

const countOf = async (table: string, where = "true") => {
  const { rows } = await database.admin.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM ${table} WHERE ${where}`,
  );
  return rows[0]?.n;
};

describe("the roads of an order", () => {
  it("bring the same documents, facts and rollups by bulk, by pages, by id and by an incremental", async () => {
    const first = await runSync(db, "HISTORICAL_INIT", sim());
    expect(first.lastError).toBeNull();
    await readDetailsPhase(reading());
    expect(await readDetailsPhase(reading())).toBe(0);
    const byBulk = await state();
    const bulkHashes = await hashes();
    expect(bulkHashes[0]).toHaveLength(ORDERS);
    expect(await countOf("core_warehouse.order_sales", "agreement_id BETWEEN 881 AND 8825")).toBe(
      264,
    );
    expect(
      await countOf(
        "core_warehouse.refund_line_items",
        "refund_line_item_id BETWEEN 661 AND 66130",
      ),
    ).toBe(130);
    expect(
      await countOf(
        "core_warehouse.fulfillment_events",
        "fulfillment_event_id BETWEEN 661 AND 6675",
      ),
    ).toBe(75);
    expect(
      await countOf("core_warehouse.return_line_items", "return_line_item_id BETWEEN 661 AND 6660"),
    ).toBe(60);

    // Equality of empty tables would say nothing.
    const empty: string[] = [];
    for (const { name } of FACT_TABLES) {
      if ((await countOf(name)) === 0) empty.push(name);
    }
    expect(empty).toEqual(["core_warehouse.order_metafields"]);

    await database.admin.query(`TRUNCATE ${RAW_TABLES.join(", ")}, ${DERIVED_TABLES}`);
    await readByPages();
    expect(await hashes()).toEqual(bulkHashes);
    expect(await state()).toBe(byBulk);

    const gids = bulkHashes[0]?.map(({ order_id }) => orderGid(order_id)) ?? [];
    await database.admin.query(`TRUNCATE ${RAW_TABLES.join(", ")}, ${DERIVED_TABLES}`);
    await readById([...gids.reverse(), orderGid("404")]);
    expect(await hashes()).toEqual(bulkHashes);
    expect(await state()).toBe(byBulk);

    await database.admin.query(`TRUNCATE ${DERIVED_TABLES}`);
    await db.pgTx((client) => rebuildFacts(client, SHOP));
    expect(await state()).toBe(byBulk);

    await database.admin.query(
      `DELETE FROM staging_ingest.shopify_orders_raw WHERE updated_at > now() - interval '20 days';
       UPDATE app_dashboard.sync_cursors SET watermark = now() - interval '20 days'`,
    );
    const again = await runSync(db, "INCREMENTAL", sim());
    expect(again.lastError).toBeNull();
    expect(await state()).toBe(byBulk);
    expect(Date.now() - (again.dataFreshTo?.getTime() ?? 0)).toBeLessThan(60_000);
  });

  it("bring the metafields that the settings ask for, by bulk as by id, and no others", async () => {
    const stored = async () => {
      const { rows } = await database.admin.query(
        "SELECT order_id::text AS id, namespace || '.' || key AS name, value FROM core_warehouse.order_metafields ORDER BY order_id",
      );
      return rows;
    };
    expect(await stored()).toEqual([]);
    await database.admin.query(
      "UPDATE app_dashboard.shops SET order_metafields = '{custom.order_kind,custom.nobody-has-it}'",
    );
    const metafields = await db.pgTx((client) => orderMetafields(client, SHOP));
    const held = STORE.heads.flatMap(({ id }) => {
      const [field] = STORE.records?.order(id)?.metafields ?? [];
      return field ? [{ id: String(id), name: "custom.order_kind", value: field.value }] : [];
    });
    expect(held.length).toBeGreaterThan(5);

    const reader = createOrderReader(admin(), "test", undefined, { metafields });
    const found = await reader.byId(STORE.heads.map(({ id }) => orderGid(String(id))));
    await db.pgTx((client) => loadOrders(client, SHOP, found, "PAGE", { trackDays: false }));
    expect(await stored()).toEqual(held);

    await database.admin.query(`TRUNCATE ${RAW_TABLES.join(", ")}, ${DERIVED_TABLES}`);
    const query = ordersBulkQuery({ sortKey: "CREATED_AT", metafields });
    const { id: ordersId } = await runBulk(admin(), query, "test");
    const operation = await vi.waitUntil(
      async () => {
        const now = await pollBulk(admin(), ordersId, "test");
        return bulkIsComplete(now, "test") ? now : null;
      },
      { timeout: 30_000 },
    );
    const file = await createOutgoingFetch(simulator.origin)(String(operation.url));
    const lines = (await file.text()).split("\n");
    await db.pgTx(async (client) => {
      const all = (async function* () {
        yield lines;
      })();
      await copyBulkLines(client, { shopId: SHOP, operationId: ordersId, lines: all });
      const ids = { ordersId, ledgerId: null };
      const { orders } = await assembleOrders(client, SHOP, ids, "0", ORDERS);
      await loadOrders(client, SHOP, orders, "BULK", { trackDays: false });
      await deleteBulkLines(client, SHOP, ordersId);
    });
    expect(await stored()).toEqual(held);

    // As the worker does it: the settings alone tell it what to read.
    await database.admin.query(`TRUNCATE ${RAW_TABLES.join(", ")}, ${DERIVED_TABLES}`);
    expect((await runSync(db, "HISTORICAL_REBUILD", sim())).lastError).toBeNull();
    expect(await stored()).toEqual(held);
    await database.admin.query("UPDATE app_dashboard.shops SET order_metafields = '{}'");
    await readByPages();
  });

  it("survive a bulk file that is cut, and one that comes as an error", async () => {
    const before = await state();
    const plain = createOutgoingFetch(simulator.origin);
    let downloads = 0;
    const flaky: typeof fetch = async (input, init) => {
      const isFile = String(input).startsWith("https://storage.googleapis.com/");
      if (!isFile) return plain(input, init);
      downloads += 1;
      if (downloads === 1) return new Response("busy", { status: 503 });
      const response = await plain(input, init);
      if (downloads > 3) return response;
      const whole = Buffer.from(await response.arrayBuffer());
      return new Response(whole.subarray(0, whole.length / 2));
    };
    const status = await runSync(db, "HISTORICAL_REBUILD", { ...sim(), fetch: flaky });
    expect(status.lastError).toBeNull();
    expect(downloads).toBeGreaterThan(3);
    expect(await state()).toBe(before);
    const { rows } = await database.admin.query("SELECT 1 FROM bulk_load.lines");
    expect(rows).toEqual([]);
  });

  it("leave the cursor where it was when an incremental fails", async () => {
    const before = await database.admin.query("SELECT watermark FROM app_dashboard.sync_cursors");
    const refusing: typeof fetch = async () => new Response("", { status: 402 });
    const status = await runSync(db, "INCREMENTAL", { ...sim(), fetch: refusing });
    expect(status.lastError).toMatchObject({ code: "SHOPIFY_SHOP_FROZEN", retryable: false });
    const after = await database.admin.query("SELECT watermark FROM app_dashboard.sync_cursors");
    expect(after.rows).toEqual(before.rows);
  });
});
