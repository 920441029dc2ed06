import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createOutgoingFetch } from "~/lib/outgoing.server";
import type { WorkerTenantDb } from "~/lib/tenant-db.server";
import type { JobType, Platform } from "~/sync/job-types";
import { claimJob } from "~/sync/leased-job.server";
import { createMeta, type MetaPart } from "../../simulators/meta/server";
import { APP_ID, APP_SECRET } from "../../simulators/meta/testing/running";
import type { ShopifySimulator } from "../../simulators/shopify/options";
import { startShopifySimulator } from "../../simulators/shopify/server";
import { takeBackExpiredLeases } from "../../workers/sweeper";
import { createTestDatabase, type TestDatabase } from "../harness/database";
import { adAccount, joinAds } from "../support/ads-shop";
import {
  API_KEY,
  API_SECRET,
  askForSync,
  CREDENTIAL_KEYS,
  connectShop,
} from "../support/connected-shop";
import { runAdSync, runSync } from "../support/run-sync";

vi.setConfig({ testTimeout: 60_000 });
// Credentials are opened with the process's keys; this process has no other environment.
vi.mock("~/lib/env.server", async (original) => ({
  ...(await original<typeof import("~/lib/env.server")>()),
  env: () => ({ CREDENTIAL_KEYS, LOG_LEVEL: "silent" }),
}));

const SHOP = "leases.myshopify.com";
const PLACE = { currency: "EUR", zone: "Europe/Berlin" };
const ACCOUNT = adAccount("44001", { ...PLACE, days: 40, seed: 44, scale: 300 });
/** Whatever a sync writes. */
const TABLES = [
  ...["app_dashboard.sync_jobs", "app_dashboard.sync_cursors", "app_dashboard.shops"],
  ...["bulk_load.lines", "staging_ingest.shopify_orders_raw", "staging_ingest.meta_insights_raw"],
  ...["core_warehouse.orders", "core_warehouse.order_sales", "core_warehouse.fact_marketing_daily"],
  ...["reporting.daily_shopify_metrics", "reporting.daily_meta_metrics"],
];

let database: TestDatabase;
let simulator: ShopifySimulator;
let meta: MetaPart;
let db: WorkerTenantDb;
let orders = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  meta = createMeta({
    appId: APP_ID,
    appSecret: APP_SECRET,
    redirectUris: [],
    accounts: [ACCOUNT],
    pacing: { asyncStartMs: 0, asyncRunMs: 0 },
  });
  const { currency, zone: ianaTimezone } = PLACE;
  const store = { domain: SHOP, plan: "plus", currency, ianaTimezone } as const;
  simulator = await startShopifySimulator({
    port: 0,
    apiKey: API_KEY,
    apiSecret: API_SECRET,
    appUrl: "http://127.0.0.1:9",
    stores: [
      { kind: "generated", options: { ...store, seed: 4, orders: 150, days: 60, now: new Date() } },
    ],
    beside: [meta.handler],
    pacing: { bulkStartMs: 1, bulkRunMs: 1 },
  });
  db = await connectShop({ simulator, database, shop: SHOP, ...PLACE });
  const { access_token: token } = await (await sim("/meta/tokens")).json();
  await joinAds(db, { accounts: [ACCOUNT], token });
  await run("SHOPIFY", "HISTORICAL_INIT", createOutgoingFetch(simulator.origin));
});
afterAll(async () => {
  await simulator.stop();
  meta.stop();
  await database.drop();
});

const sim = (path: string, body: object = {}) =>
  fetch(`${simulator.origin}/_sim${path}`, {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "content-type": "application/json" },
  });

const run = (platform: Platform, jobType: JobType, send: typeof fetch) =>
  platform === "META"
    ? runAdSync(db, jobType, { database, meta: { appSecret: APP_SECRET, fetch: send } })
    : runSync(db, jobType, { database, simulatorOrigin: simulator.origin, fetch: send });

/** Something newer than what the held worker has in its hands. */
async function sell(): Promise<void> {
  orders += 1;
  await sim(`/shops/${SHOP}/orders`, { count: 1, seed: orders });
}

function gate(): { passed: Promise<void>; open: () => void } {
  let open = () => {};
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open };
}

/** Passes calls on, but keeps one answer back until it is let go. */
function holding(place: number) {
  const send = createOutgoingFetch(simulator.origin);
  const reached = gate();
  const opened = gate();
  let calls = 0;
  return {
    reached: reached.passed,
    letGo: opened.open,
    calls: () => calls,
    fetch: async (...call: Parameters<typeof fetch>) => {
      calls += 1;
      const held = calls === place;
      const answer = await send(...call);
      if (held) {
        reached.open();
        await opened.passed;
      }
      return answer;
    },
  };
}

/** Every row with the transaction that wrote it: writing the same again is seen as well. */
async function everything(): Promise<string[]> {
  const parts = TABLES.map(
    (table) => `SELECT '${table} ' || xmin || ' ' || to_jsonb(t)::text AS row FROM ${table} AS t`,
  );
  const { rows } = await database.admin.query<{ row: string }>(
    `${parts.join(" UNION ALL ")} ORDER BY row`,
  );
  return rows.map(({ row }) => row);
}

describe("a lease that runs out while its worker lives", () => {
  it.each<[Platform, JobType, number]>([
    ["SHOPIFY", "INCREMENTAL", 1],
    ["SHOPIFY", "HISTORICAL_REBUILD", 10],
    ["META", "HISTORICAL_REBUILD", 3],
  ])("%s %s: nothing lands of what it writes afterwards", async (platform, jobType, most) => {
    await sell();
    const whole = holding(0);
    expect((await run(platform, jobType, whole.fetch)).lastError).toBeNull();
    const held = Math.min(most, whole.calls());
    expect(held).toBeGreaterThan(0);
    for (let turn = 0; turn < held; turn += 1) {
      const place = 1 + Math.floor((turn * whole.calls()) / held);
      await sell();
      const slow = holding(place);
      const first = run(platform, jobType, slow.fetch);
      await slow.reached;
      await sell();
      await database.admin.query(
        "UPDATE app_dashboard.sync_jobs SET lease_until = now() - interval '1 second' WHERE status = 'IN_PROGRESS'",
      );
      expect(await takeBackExpiredLeases(database.worker)).toBe(1);
      const second = await run(platform, jobType, createOutgoingFetch(simulator.origin));
      expect(second).toMatchObject({ running: null, lastError: null });
      const before = await everything();
      slow.letGo();
      await first;
      expect(await everything(), `held at call ${place} of ${whole.calls()}`).toEqual(before);
    }
  });
});

it("of many workers that race for a job, one gets it", async () => {
  for (let round = 0; round < 20; round += 1) {
    const jobId = await askForSync(db, "INCREMENTAL");
    const claims = await Promise.all(
      Array.from({ length: 8 }, (_, worker) =>
        claimJob(db, { jobId, owner: `worker-${worker}`, leaseSeconds: 30 }),
      ),
    );
    expect(claims.filter((claim) => claim !== null)).toHaveLength(1);
    await database.admin.query(
      "UPDATE app_dashboard.sync_jobs SET status = 'SUCCEEDED', finished_at = now() WHERE id = $1",
      [jobId],
    );
  }
});
