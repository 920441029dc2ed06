import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { WorkerTenantDb } from "~/lib/tenant-db.server";
import { todayIn } from "~/lib/time";
import { shopMetrics } from "~/metrics/shop-metrics.server";
import { RunningMeta } from "../../simulators/meta/testing/running";
import { scheduleSyncs } from "../../workers/schedules";
import { createTestDatabase, type TestDatabase } from "../harness/database";
import { expectSameAds } from "../harness/same-ads";
import { adAccount, connectAds, metaAccess } from "../support/ads-shop";
import { CREDENTIAL_KEYS } from "../support/connected-shop";
import { runAdSync } from "../support/run-sync";

vi.setConfig({ testTimeout: 60_000 });
// Credentials are opened with the process's keys; this process has no other environment.
vi.mock("~/lib/env.server", async (original) => ({
  ...(await original<typeof import("~/lib/env.server")>()),
  env: () => ({ CREDENTIAL_KEYS, LOG_LEVEL: "silent" }),
}));

const ZONE = "Europe/Berlin";
const PLAN = { zone: ZONE, currency: "EUR", days: 50, scale: 300 };
const A = adAccount("22001", { ...PLAN, seed: 31 });
const B = adAccount("22002", { ...PLAN, seed: 32 });
const DOLLARS = adAccount("22003", { ...PLAN, seed: 33, currency: "USD" });
const NOW = new Date();

let database: TestDatabase;
let meta: RunningMeta;
let shops = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  meta = await RunningMeta.start({
    accounts: [A, B, DOLLARS],
    users: [
      { id: "1", name: "Ada", adAccounts: ["22001", "22003"] },
      { id: "2", name: "Bea", adAccounts: ["22002"] },
    ],
    now: () => NOW,
    limits: { asyncRows: 60 },
    pacing: { asyncStartMs: 1, asyncRunMs: 1 },
  });
});
afterAll(async () => {
  await meta.stop();
  await database.drop();
});
beforeEach(() => meta.sim("/meta/faults", {}, "DELETE"));

async function shopOf(account: typeof A, user: string): Promise<WorkerTenantDb> {
  shops += 1;
  const shop = `ads-sync-${shops}.myshopify.com`;
  const token = await meta.token({ user });
  return connectAds(database, { shop, currency: "EUR", zone: ZONE, accounts: [account], token });
}

async function expectTruth(db: WorkerTenantDb, account: typeof A): Promise<void> {
  const range = { from: account.plan.from, to: todayIn(ZONE) };
  const metrics = await shopMetrics(db, { shopId: db.shopId, ...range });
  if (!metrics) throw new Error("no metrics");
  const response = await fetch(
    `${meta.simulator.origin}/_sim/ad-accounts/${account.id}/insights.jsonl`,
  );
  const lines = (await response.text()).trimEnd().split("\n");
  expectSameAds(
    metrics,
    lines.map((line): object => JSON.parse(line)),
  );
}

const coverageOf = async (db: WorkerTenantDb) => {
  const { rows } = await database.admin.query(
    "SELECT detail, watermark FROM app_dashboard.sync_cursors WHERE shop_id = $1",
    [db.shopId],
  );
  return rows[0] ?? null;
};

describe("what Meta does wrong leaves no day out and none wrong", () => {
  it.each([
    ["a report that fails", { report: "fail" }, 3],
    ["a report that is skipped", { report: "skip" }, 2],
    ["reports too large for Meta", { report: "too_large" }, 4],
    ["too much data in one call", { code: 100, subcode: 1487534 }, 2],
    ["code 1, reduce the amount of data", { code: 1 }, 3],
    ["an unknown error that passes", { code: 2 }, 2],
    ["too many calls of the app", { code: 4, subcode: 1504022 }, 2],
    ["too many calls to insights", { code: 80000 }, 2],
    ["a gateway's page", { status: 502, body: "<html>" }, 2],
    ["a cut answer", { cut: true }, 2],
  ])("%s", async (_name, error, times) => {
    const db = await shopOf(A, "1");
    await meta.sim("/meta/faults", { match: { path: "/insights" }, error, times });
    const status = await runAdSync(db, "HISTORICAL_INIT", { database, meta: metaAccess(meta) });
    expect(status.lastError).toBeNull();
    await expectTruth(db, A);
  });
});

it("goes on where it stood when the connection breaks between two months", async () => {
  const db = await shopOf(A, "1");
  const access = metaAccess(meta);
  let pages = 0;
  const breaking: typeof fetch = async (input, init) => {
    if (/\/\d+\/insights/.test(String(input)) && ++pages % 3 === 0) throw new TypeError("lost");
    return access.fetch(input, init);
  };
  const status = await runAdSync(db, "HISTORICAL_INIT", {
    database,
    meta: { ...access, fetch: breaking },
  });
  expect(status.lastError).toBeNull();
  expect(pages).toBeGreaterThan(6);
  await expectTruth(db, A);
});

describe("what only a person can mend", () => {
  it.each([
    ["an ended session", { code: 190, subcode: 463 }],
    ["a session key", { code: 102 }],
    ["a missing permission", { code: 10 }],
    ["a permission taken away", { code: 200 }],
  ])("%s asks for a new login, moves nothing and is not tried again", async (_name, error) => {
    const db = await shopOf(A, "1");
    const access = { database, meta: metaAccess(meta) };
    await runAdSync(db, "HISTORICAL_INIT", access);
    const before = await coverageOf(db);
    await meta.sim("/meta/faults", { match: { path: "/insights" }, error, times: 1 });
    const status = await runAdSync(db, "INCREMENTAL", access);
    expect(status.lastError).toMatchObject({ code: "META_RECONNECT", retryable: false });
    expect(await coverageOf(db)).toEqual(before);
    await database.admin.query(
      "UPDATE app_dashboard.sync_jobs SET finished_at = finished_at - interval '1 day' WHERE shop_id = $1",
      [db.shopId],
    );
    // The login is older than the refusal: nobody has connected anew.
    await database.admin.query(
      "UPDATE app_dashboard.shop_credentials SET updated_at = updated_at - interval '2 days' WHERE shop_id = $1",
      [db.shopId],
    );
    await scheduleSyncs(database.worker, { maxStalenessMinutes: 15, passMinutes: 5 });
    const { rows } = await database.admin.query(
      "SELECT 1 FROM app_dashboard.sync_jobs WHERE shop_id = $1 AND platform = 'META' AND status = 'QUEUED'",
      [db.shopId],
    );
    expect(rows).toEqual([]);
  });

  it("a token that Meta gave to nobody", async () => {
    const account = [A];
    shops += 1;
    const db = await connectAds(database, {
      shop: `ads-sync-${shops}.myshopify.com`,
      currency: "EUR",
      zone: ZONE,
      accounts: account,
      token: "EAAnobodys",
    });
    const status = await runAdSync(db, "HISTORICAL_INIT", { database, meta: metaAccess(meta) });
    expect(status.lastError?.code).toBe("META_RECONNECT");
    expect(JSON.stringify(status)).not.toContain("EAAnobodys");
    expect(await coverageOf(db)).toBeNull();
  });
});

it("two shops at once: each call carries its own shop's token, each shop its own figures", async () => {
  const tokens = {
    "22001": await meta.token({ user: "1" }),
    "22002": await meta.token({ user: "2" }),
  };
  const access = metaAccess(meta);
  const reports = new Map<string, string>();
  const calls: { account: string | undefined; authorization: string | null; url: string }[] = [];
  const listening: typeof fetch = async (input, init) => {
    const url = String(input);
    const authorization = new Headers(init?.headers).get("authorization");
    const [, id = ""] = /graph\.facebook\.com\/v25\.0\/([^/?]+)/.exec(url) ?? [];
    const account = id.startsWith("act_") ? id.slice(4) : reports.get(id);
    calls.push({ account, authorization, url });
    const response = await access.fetch(input, init);
    if (init?.method === "POST" && account) {
      const { report_run_id } = await response.clone().json();
      reports.set(String(report_run_id), account);
    }
    return response;
  };
  const meanwhile = { database, meta: { ...access, fetch: listening } };
  const both = await Promise.all(
    [A, B].map(async (account) => {
      shops += 1;
      const db = await connectAds(database, {
        shop: `ads-sync-${shops}.myshopify.com`,
        currency: "EUR",
        zone: ZONE,
        accounts: [account],
        token: tokens[account.id === "22001" ? "22001" : "22002"],
      });
      return { db, account };
    }),
  );
  await Promise.all(both.map(({ db }) => runAdSync(db, "HISTORICAL_INIT", meanwhile)));
  expect(new Set(calls.map(({ account }) => account))).toEqual(new Set(["22001", "22002"]));
  for (const { account, authorization, url } of calls) {
    expect(authorization).toBe(`Bearer ${account === "22001" ? tokens["22001"] : tokens["22002"]}`);
    for (const token of Object.values(tokens)) expect(url).not.toContain(token);
  }
  for (const { db, account } of both) await expectTruth(db, account);
});

it("leaves an ad account of another currency out, and says so", async () => {
  const db = await shopOf(DOLLARS, "1");
  await runAdSync(db, "HISTORICAL_INIT", { database, meta: metaAccess(meta) });
  const today = todayIn(ZONE);
  const metrics = await shopMetrics(db, { shopId: db.shopId, from: today, to: today });
  expect(metrics?.marketing).toMatchObject({ connected: true, other_currencies: ["USD"] });
  expect(metrics?.totals).toMatchObject({ spend: null, mer: null, roas: null });
});

it("says nothing of ads while no ad account is chosen", async () => {
  const db = await shopOf(A, "1");
  await database.admin.query("UPDATE app_dashboard.ad_accounts SET selected = false");
  const today = todayIn(ZONE);
  const metrics = await shopMetrics(db, { shopId: db.shopId, from: today, to: today });
  expect(metrics?.marketing.connected).toBe(false);
  expect(metrics?.totals).toMatchObject({ spend: null, impressions: null, purchases: null });
});
