import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { createOutgoingFetch } from "~/lib/outgoing.server";
import type { WorkerTenantDb } from "~/lib/tenant-db.server";
import { shopDay } from "~/lib/time";
import { shopMetrics } from "~/metrics/shop-metrics.server";
import type { ShopifySimulator } from "../../simulators/shopify/options";
import { startShopifySimulator } from "../../simulators/shopify/server";
import { generateStore } from "../../simulators/shopify/store";
import { createTestDatabase, type TestDatabase } from "../harness/database";
import { expectSameFigures } from "../harness/same-figures";
import {
  API_KEY,
  API_SECRET,
  CREDENTIAL_KEYS,
  connectShop,
  exchangeTokens,
} from "../support/connected-shop";
import { runSync } from "../support/run-sync";

vi.setConfig({ testTimeout: 60_000 });
vi.mock("~/lib/env.server", async (original) => ({
  ...(await original<typeof import("~/lib/env.server")>()),
  env: () => ({ CREDENTIAL_KEYS, LOG_LEVEL: "silent" }),
}));

const SHOP = "faulty.myshopify.com";
const ZONE = "America/New_York";
type Run = "INCREMENTAL" | "HISTORICAL_REBUILD";
const RUNS: Run[] = ["INCREMENTAL", "HISTORICAL_REBUILD"];

let database: TestDatabase;
let simulator: ShopifySimulator;
let db: WorkerTenantDb;

beforeAll(async () => {
  database = await createTestDatabase();
  const store = generateStore({
    seed: 29,
    orders: 120,
    days: 60,
    now: new Date(),
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
    pacing: { bulkStartMs: 1, bulkRunMs: 1 },
  });
  db = await connectShop({ simulator, database, shop: SHOP, currency: "USD", zone: ZONE });
  expect((await sync("HISTORICAL_INIT")).lastError).toBeNull();
});
afterAll(async () => {
  await simulator?.stop();
  await database.drop();
});
afterEach(() => sim("/faults", undefined, "DELETE"));

const sync = (type: Run | "HISTORICAL_INIT") =>
  runSync(db, type, { database, simulatorOrigin: simulator.origin });

async function sim(path: string, body?: object, method = "POST"): Promise<unknown> {
  const answer = await fetch(`${simulator.origin}/_sim/shops/${SHOP}${path}`, {
    method,
    headers: { "Content-Type": "application/json" },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  expect(answer.ok, `${path}: ${answer.status}`).toBe(true);
  return answer.json();
}

const faultsSchema = z.object({
  faults: z.array(z.object({ kind: z.string(), fired: z.number() })),
});
/** How often each fault struck. */
async function fired(): Promise<Record<string, number>> {
  const { faults } = faultsSchema.parse(await sim("/faults", undefined, "GET"));
  return Object.fromEntries(faults.map((one) => [one.kind, one.fired]));
}

async function expectTruth(): Promise<void> {
  const day = (before: number) => shopDay(new Date(Date.now() - before * 86_400_000), ZONE);
  const metrics = await shopMetrics(db, { shopId: SHOP, from: day(110), to: day(-2) });
  const answer = await fetch(`${simulator.origin}/_sim/shops/${SHOP}/orders.jsonl`);
  const truth = (await answer.text()).trimEnd().split("\n");
  if (!metrics) throw new Error("no metrics");
  expectSameFigures(
    metrics,
    truth.map((line) => JSON.parse(line)),
  );
}

const watermark = async () => {
  const { rows } = await database.admin.query("SELECT watermark FROM app_dashboard.sync_cursors");
  return rows[0].watermark as Date;
};

/** So that there is something to be lost. */
let seed = 0;
async function newOrders(): Promise<void> {
  seed += 10;
  await sim("/orders", { count: 3, seed });
}

/** What passes: a run waits, or comes back, and ends well. */
const PASSING: [string, object[]][] = [
  ["throttled", [{ kind: "throttled", times: 1 }]],
  ["429", [{ kind: "http_429", times: 3, retry_after: 0.01 }]],
  ["502", [{ kind: "http_5xx", times: 3, status: 502 }]],
  ["503 with Retry-After", [{ kind: "http_5xx", times: 3, status: 503, retry_after: 0.01 }]],
  ["a page of HTML", [{ kind: "html_answer", times: 2 }]],
  ["connections that are cut", [{ kind: "connection_cut", times: 2 }]],
  ["an expired token", [{ kind: "token_expired", times: 1 }]],
  [
    "an expired token and a lost answer to its refresh",
    [
      { kind: "token_expired", times: 1 },
      { kind: "refresh_lost", times: 1 },
    ],
  ],
];

describe.each(RUNS)("%s", (run) => {
  it.each(PASSING)("survives %s, and nothing is lost", async (_name, faults) => {
    await newOrders();
    for (const fault of faults) await sim("/faults", fault);
    const { lastError } = await sync(run);
    expect(lastError).toBeNull();
    const struck = await fired();
    for (const fault of faults as { kind: string; times: number }[]) {
      expect(struck[fault.kind], fault.kind).toBe(fault.times);
    }
    await expectTruth();
  });

  it.each([
    [
      "a refused refresh",
      [
        { kind: "token_expired", times: 1 },
        { kind: "refresh_refused", times: 1 },
      ],
    ],
    ["a token that was revoked", [{ kind: "token_revoked", times: 1 }]],
  ])(
    "ends by its name with %s, keeps its place, and goes on once the app is opened",
    async (_name, faults) => {
      await newOrders();
      const before = await watermark();
      for (const fault of faults) await sim("/faults", fault);
      const { lastError } = await sync(run);
      expect(lastError).toMatchObject({ code: "SHOPIFY_RECONNECT", retryable: false });
      const { rows } = await database.admin.query(
        "SELECT error_kind FROM app_dashboard.sync_jobs ORDER BY finished_at DESC LIMIT 1",
      );
      expect(rows).toEqual([{ error_kind: "NEEDS_USER" }]);
      expect(await watermark()).toEqual(before);
      await sim("/faults", undefined, "DELETE");
      await exchangeTokens(db, simulator);
      expect((await sync(run)).lastError).toBeNull();
      await expectTruth();
    },
  );
});

describe("INCREMENTAL", () => {
  it("takes no answer for whole that comes with errors beside its data", async () => {
    await newOrders();
    const plain = createOutgoingFetch(simulator.origin);
    let bent = 0;
    const partial: typeof fetch = async (input, init) => {
      const response = await plain(input, init);
      if (bent === 2 || !String(init?.body).includes("updated_at")) return response;
      bent += 1;
      const answer = z.looseObject({ data: z.looseObject({}) }).parse(await response.json());
      const errors = [{ message: "Internal error", path: ["orders"] }];
      const orders = { edges: [], pageInfo: { hasNextPage: false, endCursor: null } };
      return Response.json({ ...answer, data: { ...answer.data, orders }, errors });
    };
    const options = { database, simulatorOrigin: simulator.origin, fetch: partial };
    const { lastError } = await runSync(db, "INCREMENTAL", options);
    expect(lastError).toBeNull();
    expect(bent).toBe(2);
    await expectTruth();
  });
});
