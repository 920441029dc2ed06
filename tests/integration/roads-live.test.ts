import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { receiveWebhook } from "~/commands/receive-webhook.server";
import { webDatabase } from "~/lib/db.server";
import type { WorkerTenantDb } from "~/lib/tenant-db.server";
import { FACT_TABLES } from "~/warehouse/facts/tables";
import { rebuildFacts } from "~/warehouse/rebuild-facts.server";
import type { ShopifySimulator } from "../../simulators/shopify/options";
import { startShopifySimulator } from "../../simulators/shopify/server";
import { generateStore } from "../../simulators/shopify/store";
import { createRandom } from "../../simulators/shopify/store/random";
import { queueDirtySyncs } from "../../workers/live";
import { createTestDatabase, type TestDatabase } from "../harness/database";
import { API_KEY, API_SECRET, CREDENTIAL_KEYS, connectShop } from "../support/connected-shop";
import { readDetailsPhase } from "../support/read-details";
import { runQueued, runSync } from "../support/run-sync";
import { differences, livingState, RAW_TABLES } from "../support/warehouse";
import { type Parcel, requestOf, WebhookMailbox } from "../support/webhook-mailbox";

vi.setConfig({ testTimeout: 180_000, hookTimeout: 60_000 });
// The web's side of a delivery runs in this process, on the database of the road that it is for.
const web = vi.hoisted(() => ({ DATABASE_URL: "" }));
vi.mock("~/lib/env.server", async (original) => ({
  ...(await original<typeof import("~/lib/env.server")>()),
  env: () => ({
    CREDENTIAL_KEYS,
    LOG_LEVEL: "silent",
    SHOPIFY_API_SECRET: API_SECRET,
    DATABASE_URL: web.DATABASE_URL,
    DATABASE_POOL_SIZE: 2,
  }),
}));

const SHOP = "living.myshopify.com";
const ZONE = "Europe/Berlin";
const SEED = 5;
const ROUNDS = 6;

/** A database of its own for each road: all of them watch one store that goes on living. */
interface Road {
  database: TestDatabase;
  db: WorkerTenantDb;
}
let simulator: ShopifySimulator;
let mailbox: WebhookMailbox;
let byWebhooks: Road;
let byIncrementals: Road;
let byBulk: Road;

const store = generateStore({
  seed: SEED,
  orders: 300,
  days: 60,
  now: new Date(),
  domain: SHOP,
  plan: "plus",
  currency: "EUR",
  ianaTimezone: ZONE,
});

beforeAll(async () => {
  mailbox = await WebhookMailbox.open();
  simulator = await startShopifySimulator({
    port: 0,
    apiKey: API_KEY,
    apiSecret: API_SECRET,
    appUrl: mailbox.url,
    appToml: "shopify.app.toml",
    stores: [{ kind: "given", store }],
    pacing: { bulkStartMs: 1, bulkRunMs: 1 },
  });
  byWebhooks = await openRoad();
  byIncrementals = await openRoad();
  byBulk = await openRoad();
  web.DATABASE_URL = byWebhooks.database.urls.web;
});
afterAll(async () => {
  await webDatabase().close();
  await simulator?.stop();
  mailbox?.close();
  for (const road of [byWebhooks, byIncrementals, byBulk]) await road?.database.drop();
});

async function openRoad(): Promise<Road> {
  const database = await createTestDatabase();
  const db = await connectShop({ simulator, database, shop: SHOP, currency: "EUR", zone: ZONE });
  return { database, db };
}

const random = createRandom(SEED);

function shuffled<T>(items: readonly T[]): T[] {
  const left = [...items];
  const result: T[] = [];
  while (left.length > 0) result.push(...left.splice(random.int(0, left.length - 1), 1));
  return result;
}

/** 422 is the store's own refusal: an order that is cancelled cannot be paid. */
async function live(path: string, body: object = {}): Promise<boolean> {
  const answer = await fetch(`${simulator.origin}/_sim/shops/${SHOP}${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  if (answer.status !== 200 && answer.status !== 422) throw new Error(await answer.text());
  return answer.status === 200;
}

const orderIds = () => store.heads.map(({ id }) => id);
const ACTIONS = [
  ["refund", {}],
  ["refund", { amount: "1.00" }],
  ["refund", { lines: [], shipping: true }],
  ["edit", { kind: "add" }],
  ["edit", { kind: "remove" }],
  ["edit", { kind: "discount" }],
  ["cancel", {}],
  ["fulfill", { delivered: true }],
  ["pay", {}],
] as const;
const done = new Map<string, number>();

/** What happens in one round: orders come, and orders old and new change in every way; two are deleted. */
async function liveOn(round: number): Promise<void> {
  await live("/orders", { count: 6, seed: SEED * 100 + round * 10 });
  for (let n = 0; n < 4; n += 1) {
    for (const [action, input] of ACTIONS) {
      // What has just come is what can still be paid, sent and cancelled.
      const ids = random.chance(0.5) ? orderIds() : orderIds().slice(-12);
      if (!(await live(`/orders/${random.pick(ids)}/${action}`, input))) continue;
      const name = `${action} ${JSON.stringify(input)}`;
      done.set(name, (done.get(name) ?? 0) + 1);
    }
  }
  await live(`/orders/${random.pick(orderIds())}/delete`);
  await live(`/orders/${orderIds().at(-2)}/delete`);
  await mailbox.complete(simulator.origin);
}

const sync = (road: Road, type: "HISTORICAL_INIT" | "INCREMENTAL") =>
  runSync(road.db, type, { database: road.database, simulatorOrigin: simulator.origin });

async function loadHistory(road: Road): Promise<void> {
  expect((await sync(road, "HISTORICAL_INIT")).lastError).toBeNull();
  await readDetailsPhase({ ...road, simulatorOrigin: simulator.origin });
}

/** A run of what was told alone: the window was read just now, and is not read again. */
async function runByWebhooks({ database }: Road): Promise<void> {
  await database.admin.query(
    `UPDATE app_dashboard.sync_cursors SET watermark = now();
     UPDATE staging_ingest.shopify_dirty SET marked_at = marked_at - interval '1 minute'`,
  );
  expect(await queueDirtySyncs(database.worker)).toBe(1);
  const { lastError } = await runQueued(byWebhooks.db, {
    database,
    simulatorOrigin: simulator.origin,
  });
  expect(lastError).toBeNull();
  const { rows } = await database.admin.query(
    "SELECT requested_by, checkpoint -> 'window' AS window FROM app_dashboard.sync_jobs ORDER BY created_at DESC LIMIT 1",
  );
  expect(rows).toEqual([{ requested_by: "webhook", window: null }]);
}

async function deliverAll(parcels: readonly Parcel[]): Promise<void> {
  for (const parcel of parcels) {
    const answer = await receiveWebhook(requestOf(parcel, "https://merit.example"));
    expect(answer.status).toBe(200);
  }
}

const countOf = async ({ database }: Road, table: string, where = "true") => {
  const { rows } = await database.admin.query(
    `SELECT count(*)::int AS n FROM ${table} WHERE ${where}`,
  );
  return rows[0].n as number;
};

/** Raw documents of orders that stand, without their customer: see `livingState`. */
async function documents({ database }: Road): Promise<string[]> {
  const found = await Promise.all(
    RAW_TABLES.map((table) =>
      database.admin.query<{ document: string }>(
        `SELECT (payload - 'customer')::text AS document FROM ${table}
         WHERE order_id IN (SELECT order_id FROM core_warehouse.orders WHERE deleted_at IS NULL)
         ORDER BY order_id`,
      ),
    ),
  );
  return found.flatMap(({ rows }) => rows.map(({ document }) => document));
}

describe("a store that goes on living", () => {
  it("comes to the same facts and rollups by shuffled and doubled webhooks, by incrementals, and by one bulk load of its end", async () => {
    // The webhook road has no history: all that it ever has, deliveries named.
    await byWebhooks.database.admin.query(
      `UPDATE app_dashboard.shops SET history_complete_at = now();
       INSERT INTO app_dashboard.sync_cursors (shop_id, platform, stream, watermark)
       SELECT shop_id, 'SHOPIFY', 'orders', now() FROM app_dashboard.shops`,
    );
    for (const id of orderIds()) {
      await live("/webhooks", { topic: "orders/updated", body: { id } });
    }
    await loadHistory(byIncrementals);

    let waiting: Parcel[] = [];
    let seen = 0;
    let toldOfDeletions = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      await liveOn(round);
      const fresh = mailbox.parcels.slice(seen).filter(({ topic }) => topic !== "app/uninstalled");
      seen = mailbox.parcels.length;
      // Each twice, at any time from now on: half of what waits is delivered, in any order.
      waiting = shuffled([...waiting, ...fresh, ...fresh]);
      const last = round === ROUNDS - 1;
      const now = waiting.splice(0, last ? waiting.length : Math.ceil(waiting.length / 2));
      await deliverAll(now);
      await runByWebhooks(byWebhooks);

      // The window of `updatedAt` shows every change but a deletion: that one is told.
      for (const { topic, body } of fresh) {
        if (topic !== "orders/delete") continue;
        toldOfDeletions += 1;
        await byIncrementals.database.admin.query(
          `INSERT INTO staging_ingest.shopify_dirty (shop_id, resource, id, deleted, marked_at)
           VALUES ($1, 'ORDER', $2, true, clock_timestamp())`,
          [SHOP, JSON.parse(body).id],
        );
      }
      expect((await sync(byIncrementals, "INCREMENTAL")).lastError).toBeNull();
    }
    expect(waiting).toEqual([]);
    expect(toldOfDeletions).toBe(2 * ROUNDS);
    // Every kind of change was there: equality would say nothing of one that never happened.
    for (const [action, input] of ACTIONS) {
      expect.soft(done.get(`${action} ${JSON.stringify(input)}`) ?? 0, action).toBeGreaterThan(0);
    }

    await loadHistory(byBulk);
    const end = await livingState(byBulk);
    const raw = await documents(byBulk);
    expect(await countOf(byBulk, "core_warehouse.orders")).toBe(store.heads.length);
    const empty: string[] = [];
    for (const { name } of FACT_TABLES) if ((await countOf(byBulk, name)) === 0) empty.push(name);
    expect(empty).toEqual(["core_warehouse.order_metafields"]);

    for (const road of [byWebhooks, byIncrementals]) {
      expect(differences(await livingState(road), end)).toEqual({});
      expect(await documents(road)).toEqual(raw);
      expect(await countOf(road, "staging_ingest.shopify_orders_deleted")).toBe(2 * ROUNDS);
    }
    // Rebuilt from raw alone: the same again, and what was deleted stays away.
    for (const road of [byWebhooks, byIncrementals, byBulk]) {
      await road.database.admin.query(
        `TRUNCATE ${FACT_TABLES.map(({ name }) => name).join(", ")}, reporting.daily_shopify_metrics`,
      );
      await road.db.pgTx((client) => rebuildFacts(client, SHOP));
      expect(differences(await livingState(road), end)).toEqual({});
    }
  });
});
