import { randomUUID } from "node:crypto";
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tenantDb, workerTenantDb } from "~/lib/tenant-db.server";
import { FACT_TABLES } from "~/warehouse/facts/tables";
import { createTestDatabase, seedShop, type TestDatabase } from "../harness/database";

const A = "a.myshopify.com";
const B = "b.myshopify.com";
const ALICE = randomUUID();
const BOB = randomUUID();
/** Facts of an order whose columns may all be empty but for their key and the order. */
const NEWEST_FACTS = FACT_TABLES.map(({ name }) => name).filter(
  (name) => !/\.(orders|order_line_items|transactions|refunds|order_sales)$/.test(name),
);
/** Every tenant table with a row of each shop. */
const TABLES = [
  "app_dashboard.shops",
  "app_dashboard.user_shops",
  "app_dashboard.shop_credentials",
  "app_dashboard.sessions",
  "app_dashboard.sync_jobs",
  "app_dashboard.sync_cursors",
  "app_dashboard.api_tokens",
  "app_dashboard.audit_log",
  "staging_ingest.shopify_webhooks_raw",
  "core_warehouse.orders",
  ...NEWEST_FACTS,
  "app_dashboard.ad_accounts",
  "app_dashboard.oauth_states",
  "core_warehouse.fact_marketing_daily",
  "core_warehouse.fact_marketing_campaign_daily",
  "reporting.daily_meta_metrics",
  "reporting.marketing_daily",
  "reporting.mer_roas",
  "reporting.daily_shopify_metrics",
  "reporting.daily_revenue",
  "reporting.sync_status",
];
let database: TestDatabase;

async function fill(shopId: string, userId: string): Promise<void> {
  const run = (sql: string, ...values: unknown[]) => database.admin.query(sql, [shopId, ...values]);
  await seedShop(database, shopId);
  await database.admin.query("INSERT INTO app_dashboard.users (id, email) VALUES ($1, $2)", [
    userId,
    `${userId}@example.com`,
  ]);
  await run(
    "INSERT INTO app_dashboard.user_shops (shop_id, user_id, role) VALUES ($1, $2, 'STORE_USER')",
    userId,
  );
  await run(
    "INSERT INTO app_dashboard.shop_credentials (shop_id, kind, key_id) VALUES ($1, 'SHOPIFY_OFFLINE', 'k')",
  );
  await run(
    "INSERT INTO app_dashboard.sessions (shop_id, id, payload, key_id) VALUES ($1, 's', '', 'k')",
  );
  await run(
    "INSERT INTO app_dashboard.sync_jobs (shop_id, platform, job_type, requested_by) VALUES ($1, 'SHOPIFY', 'INCREMENTAL', 'test')",
  );
  await run(
    "INSERT INTO app_dashboard.sync_cursors (shop_id, platform, stream) VALUES ($1, 'SHOPIFY', 'orders')",
  );
  await run(
    "INSERT INTO app_dashboard.api_tokens (shop_id, name, token_hash) VALUES ($1, 't', sha256($1::text::bytea))",
  );
  await run(
    "INSERT INTO app_dashboard.audit_log (shop_id, actor, action) VALUES ($1, 'test', 'filled')",
  );
  await run(
    "INSERT INTO staging_ingest.shopify_webhooks_raw (shop_id, webhook_id, topic, headers, body) VALUES ($1, 'w', 't', '{}', '')",
  );
  for (const { name, key } of FACT_TABLES.filter((table) => NEWEST_FACTS.includes(table.name))) {
    const columns = [...new Set(["order_id", ...[key].flat()])];
    await run(
      `INSERT INTO ${name} (shop_id, ${columns.join(", ")}) VALUES ($1${", '1'".repeat(columns.length)})`,
    );
  }
  await run(
    "INSERT INTO core_warehouse.orders (shop_id, order_id, name, created_at, processed_at, updated_at, currency, total_price) VALUES ($1, 1, '#1', now(), now(), now(), 'EUR', 1)",
  );
  await run(
    "INSERT INTO app_dashboard.ad_accounts (shop_id, ad_account_id, platform, currency, iana_timezone, selected) VALUES ($1, 'act_1', 'META', 'EUR', 'UTC', true)",
  );
  await run(
    "INSERT INTO app_dashboard.oauth_states (shop_id, state_hash, user_id, platform, expires_at) VALUES ($1, sha256($1::text::bytea), $2, 'META', now())",
    userId,
  );
  await run(
    "INSERT INTO core_warehouse.fact_marketing_daily (shop_id, platform, ad_account_id, day, currency, spend, purchases, purchase_value) VALUES ($1, 'META', 'act_1', '2026-01-01', 'EUR', 1, 0, 0)",
  );
  await run(
    "INSERT INTO core_warehouse.fact_marketing_campaign_daily (shop_id, platform, ad_account_id, level, entity_id, day, currency, spend, purchases, purchase_value) VALUES ($1, 'META', 'act_1', 'campaign', '1', '2026-01-01', 'EUR', 1, 0, 0)",
  );
  await run(
    "INSERT INTO reporting.daily_meta_metrics (shop_id, ad_account_id, day, currency) VALUES ($1, 'act_1', '2026-01-01', 'EUR')",
  );
  await run(
    "INSERT INTO reporting.daily_shopify_metrics (shop_id, day, currency) VALUES ($1, '2026-01-01', 'EUR')",
  );
}

/** The shops whose rows a plain SQL connection sees in a table, under the settings given. */
async function shopsSeen(
  pool: pg.Pool,
  table: string,
  settings: Record<string, string>,
): Promise<string[]> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    for (const [name, value] of Object.entries(settings)) {
      await client.query("SELECT set_config($1, $2, true)", [name, value]);
    }
    const { rows } = await client.query<{ shop_id: string }>(
      `SELECT DISTINCT shop_id FROM ${table} ORDER BY shop_id`,
    );
    return rows.map(({ shop_id }) => shop_id);
  } finally {
    await client.query("ROLLBACK");
    client.release();
  }
}

beforeAll(async () => {
  database = await createTestDatabase();
  await fill(A, ALICE);
  await fill(B, BOB);
});
afterAll(() => database.drop());

describe.each(TABLES)("%s", (table) => {
  test("the web as a user sees the user's shops alone", async () => {
    expect(await shopsSeen(database.web.pool, table, { "app.user_id": ALICE })).toEqual([A]);
    expect(await shopsSeen(database.web.pool, table, { "app.user_id": randomUUID() })).toEqual([]);
  });

  test("web and worker with a shop's context see that shop alone", async () => {
    expect(await shopsSeen(database.web.pool, table, { "app.shop_id": B })).toEqual([B]);
    expect(await shopsSeen(database.worker.pool, table, { "app.shop_id": B })).toEqual([B]);
  });

  test("without a context nobody sees a row, nor does one with an emptied context", async () => {
    const empty = { "app.shop_id": "", "app.user_id": "" };
    expect(await shopsSeen(database.web.pool, table, {})).toEqual([]);
    expect(await shopsSeen(database.worker.pool, table, {})).toEqual([]);
    expect(await shopsSeen(database.worker.pool, table, empty)).toEqual([]);
  });
});

test.each([
  "staging_ingest.shopify_orders_raw",
  "bulk_load.lines",
  "app_dashboard.worker_heartbeats",
])("the web role has no right on %s", async (table) => {
  await expect(database.web.pool.query(`SELECT FROM ${table}`)).rejects.toThrow(
    /permission denied/,
  );
});

test("the owner itself is bound: no rows without a policy for it", async () => {
  const { rows } = await database.owner.query("SELECT FROM core_warehouse.orders");
  expect(rows).toHaveLength(0);
});

describe("writes", () => {
  const insert =
    "INSERT INTO app_dashboard.audit_log (shop_id, actor, action) VALUES ($1, 'x', 'y')";

  test("a row of another shop is refused, in SQL and through Prisma, for both roles", async () => {
    const worker = workerTenantDb(database.worker, A);
    await expect(worker.pgTx((client) => client.query(insert, [B]))).rejects.toThrow(
      /row-level security/,
    );
    const web = tenantDb(database.web, { kind: "user", userId: ALICE });
    const entry = { shopId: B, actor: "x", action: "y" };
    await expect(web.tx((tx) => tx.auditEntry.create({ data: entry }))).rejects.toThrow(
      /row-level security/,
    );
  });

  test("a row cannot be moved to another shop, and another's row is not touched", async () => {
    const db = workerTenantDb(database.worker, A);
    const move = "UPDATE core_warehouse.orders SET shop_id = $1";
    await expect(db.pgTx((client) => client.query(move, [B]))).rejects.toThrow(
      /row-level security/,
    );
    const changed = await db.pgTx((client) =>
      client.query("UPDATE core_warehouse.orders SET name = 'x' WHERE shop_id = $1", [B]),
    );
    expect(changed.rowCount).toBe(0);
  });

  test("the web cannot give itself a shop", async () => {
    const grab = `INSERT INTO app_dashboard.user_shops (shop_id, user_id, role) VALUES ('${B}', '${ALICE}', 'AGENCY_OWNER')`;
    await expect(database.web.pool.query(grab)).rejects.toThrow(/permission denied/);
    const promote = "UPDATE app_dashboard.user_shops SET role = 'AGENCY_OWNER'";
    await expect(database.web.pool.query(promote)).rejects.toThrow(/permission denied/);
  });
});

describe("the tenant's handle", () => {
  test("parallel handles of two shops stay apart", async () => {
    const seen = await Promise.all(
      Array.from({ length: 60 }, async (_, index) => {
        const shopId = index % 2 ? A : B;
        const db = tenantDb(database.web, { kind: "shop", shopId });
        const orders = await db.tx((tx) => tx.order.findMany({ select: { shopId: true } }));
        return orders.length === 1 && orders[0]?.shopId === shopId;
      }),
    );
    expect(seen.every(Boolean)).toBe(true);
  });

  test("its context does not outlive the transaction", async () => {
    const db = workerTenantDb(database.worker, A);
    await db.tx((tx) => tx.order.count());
    await db.pgTx((client) => client.query("SELECT 1"));
    expect(await shopsSeen(database.worker.pool, "core_warehouse.orders", {})).toEqual([]);
  });

  test("a failed piece of work is rolled back, and its connection is as new", async () => {
    const db = workerTenantDb(database.worker, A);
    const failing = db.pgTx(async (client) => {
      await client.query("DELETE FROM core_warehouse.orders");
      throw new Error("half-way");
    });
    await expect(failing).rejects.toThrow("half-way");
    expect(await db.tx((tx) => tx.order.count())).toBe(1);
  });

  test("instants come back as they went, whatever the session's time zone is", async () => {
    const at = new Date("2026-07-01T12:34:56.789Z");
    await database.worker.pool.query("SET TIME ZONE 'America/New_York'");
    const db = workerTenantDb(database.worker, A);
    await db.tx((tx) => tx.syncCursor.updateMany({ data: { watermark: at } }));
    const [cursor] = await db.tx((tx) => tx.syncCursor.findMany());
    expect(cursor?.watermark).toEqual(at);
    const { rows } = await database.admin.query(
      "SELECT watermark FROM app_dashboard.sync_cursors WHERE shop_id = $1",
      [A],
    );
    expect(rows[0]).toEqual({ watermark: at });
  });

  test.each([{ kind: "shop", shopId: "" } as const, { kind: "user", userId: "x' OR 1" } as const])(
    "%j is no scope",
    (scope) => {
      expect(() => tenantDb(database.web, scope)).toThrow(/needs a shop or a user/);
    },
  );
});

test("people: users of the same shops are seen, accounts through their shops, no others", async () => {
  const db = tenantDb(database.web, { kind: "user", userId: ALICE });
  const { users, accounts } = await db.tx(async (tx) => ({
    users: await tx.user.findMany(),
    accounts: await tx.account.findMany({ include: { shops: true } }),
  }));
  expect(users.map(({ id }) => id)).toEqual([ALICE]);
  expect(accounts.flatMap(({ shops }) => shops.map(({ shopId }) => shopId))).toEqual([A]);
});
