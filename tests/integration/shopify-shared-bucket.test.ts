import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { type AdminClient, createAdminClient } from "~/connectors/shopify/admin-client.server";
import { createOrderReader } from "~/connectors/shopify/orders.server";
import type { Urgency } from "~/lib/api-budget";
import { createSecretBox } from "~/lib/crypto.server";
import { createDatabase, type Database } from "~/lib/db.server";
import { ThrottledError } from "~/lib/errors";
import { createOutgoingFetch } from "~/lib/outgoing.server";
import type { WorkerTenantDb } from "~/lib/tenant-db.server";
import { shopifyBudget } from "~/sync/shopify-budget.server";
import { getAccessToken } from "~/tenancy/credentials.server";
import type { ShopifySimulator } from "../../simulators/shopify/options";
import { startShopifySimulator } from "../../simulators/shopify/server";
import { createTestDatabase, type TestDatabase } from "../harness/database";
import { API_KEY, API_SECRET, CREDENTIAL_KEYS, connectShop } from "../support/connected-shop";

vi.setConfig({ testTimeout: 120_000 });

const SHOP = "shared-bucket.myshopify.com";
const ZONE = "Europe/Berlin";
/** Processes that read at once, each with connections of its own. */
const READERS = 5;

let database: TestDatabase;
let simulator: ShopifySimulator;
let db: WorkerTenantDb;
const workers: Database[] = [];
/** What Shopify answered, in this order. */
const answers: string[] = [];
/** How often background work had to wait, inside a call or before its next turn. */
let held = 0;

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
          seed: 7,
          orders: 300,
          days: 60,
          now: new Date(),
          domain: SHOP,
          plan: "standard",
          currency: "EUR",
          ianaTimezone: ZONE,
        },
      },
    ],
  });
  db = await connectShop({ simulator, database, shop: SHOP, currency: "EUR", zone: ZONE });
  for (let n = 0; n < READERS; n += 1) {
    const url = database.urls.worker;
    workers.push(createDatabase({ url, poolSize: 2, applicationName: `reader-${n}` }));
  }
});
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.close()));
  await simulator.stop();
  await database.drop();
});

function clientOf(worker: Database, urgency: Urgency): { admin: AdminClient; slept: number[] } {
  const send = createOutgoingFetch(simulator.origin);
  const slept: number[] = [];
  const admin = createAdminClient({
    shop: SHOP,
    accessToken: () =>
      getAccessToken(db, {
        box: createSecretBox(CREDENTIAL_KEYS),
        refresh: () => Promise.reject(new Error("not needed")),
      }),
    fetch: async (input, init) => {
      const response = await send(input, init);
      answers.push(await response.clone().text());
      return response;
    },
    sleep: async (ms, signal) => {
      slept.push(ms);
      if (urgency === "background") held += 1;
      await delay(ms, undefined, signal ? { signal } : {});
    },
    budget: shopifyBudget(worker.pool, SHOP),
    urgency,
  });
  return { admin, slept };
}

const page = (admin: AdminClient) =>
  createOrderReader(admin, "test").page({
    search: "created_at:>='2000-01-01T00:00:00Z'",
    sortKey: "CREATED_AT",
    reverse: false,
    after: null,
  });

/** Reads a page; comes again when it is told to, as a worker does. */
async function readPage(admin: AdminClient): Promise<void> {
  try {
    await page(admin);
  } catch (error) {
    if (!(error instanceof ThrottledError)) throw error;
    held += 1;
    await delay(error.retryAfterMs ?? 0);
    await readPage(admin);
  }
}

it("many readers of one shop are never throttled, and a person does not wait for them", async () => {
  const readers = workers.map((worker) => clientOf(worker, "background"));
  const [first] = readers;
  if (!first) throw new Error("no reader");
  // What a page costs is learned from the first.
  await page(first.admin);

  const background = Promise.all(readers.map(({ admin }) => readPage(admin)));
  await vi.waitFor(() => expect(held).toBeGreaterThan(0), { timeout: 60_000, interval: 5 });
  const person = clientOf(database.worker, "person");
  const count = await createOrderReader(person.admin, "test").count("");
  expect(count).toBe(300);
  expect(person.slept).toEqual([]);

  await background;
  expect(answers.length).toBeGreaterThan(READERS);
  expect(answers.filter((answer) => answer.includes('"THROTTLED"'))).toEqual([]);
});
