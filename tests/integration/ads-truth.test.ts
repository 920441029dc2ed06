import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { workerTenantDb } from "~/lib/tenant-db.server";
import { addDays, todayIn } from "~/lib/time";
import { shopMetrics } from "~/metrics/shop-metrics.server";
import { rebuildMarketing } from "~/warehouse/marketing/rebuild-marketing.server";
import { RunningMeta } from "../../simulators/meta/testing/running";
import { createTestDatabase, type TestDatabase } from "../harness/database";
import { expectSameAds } from "../harness/same-ads";
import { adsBy, type TruthAdDay } from "../independent/ads-by-day";
import { adAccount, connectAds, metaAccess } from "../support/ads-shop";
import { CREDENTIAL_KEYS } from "../support/connected-shop";
import { runAdSync } from "../support/run-sync";

vi.setConfig({ testTimeout: 120_000 });
// Credentials are opened with the process's keys; this process has no other environment.
vi.mock("~/lib/env.server", async (original) => ({
  ...(await original<typeof import("~/lib/env.server")>()),
  env: () => ({ CREDENTIAL_KEYS, LOG_LEVEL: "silent" }),
}));

const CASES = [
  { id: "11001", currency: "USD", zone: "America/New_York", days: 400, scale: 400, seed: 21 },
  { id: "11002", currency: "JPY", zone: "Asia/Tokyo", days: 90, scale: 40_000, seed: 22 },
  { id: "11003", currency: "EUR", zone: "Europe/Berlin", days: 1200, scale: 150, seed: 23 },
];
const ACCOUNTS = CASES.map(({ id, ...plan }) => adAccount(id, plan));

let database: TestDatabase;
let meta: RunningMeta;
let now = new Date();

beforeAll(async () => {
  database = await createTestDatabase();
  meta = await RunningMeta.start({
    accounts: ACCOUNTS,
    now: () => now,
    pacing: { asyncStartMs: 1, asyncRunMs: 1 },
  });
});
afterAll(async () => {
  await meta.stop();
  await database.drop();
});

/** The truth of the days that Meta still tells of: 37 months. */
async function truthSince(id: string, from: string): Promise<TruthAdDay[]> {
  const response = await fetch(`${meta.simulator.origin}/_sim/ad-accounts/${id}/insights.jsonl`);
  const lines = (await response.text()).trimEnd().split("\n");
  return lines.map((line): TruthAdDay => JSON.parse(line)).filter(({ date }) => date >= from);
}

describe.each(CASES)("an ad account in $currency, $zone, $days days old", (plan) => {
  const shop = `ads-${plan.id}.myshopify.com`;

  it("is read whole, and again once Meta restated it: every day equals the truth", async () => {
    const account = ACCOUNTS.filter(({ id }) => id === plan.id);
    // Two days ago many purchases of these four weeks were not known yet.
    now = new Date(Date.now() - 2 * 86_400_000);
    const db = await connectAds(database, {
      ...plan,
      shop,
      accounts: account,
      token: await meta.token(),
    });
    const options = { database, meta: metaAccess(meta) };
    const first = await runAdSync(db, "HISTORICAL_INIT", options);
    expect(first.lastError).toBeNull();
    const today = todayIn(plan.zone);
    const { rows } = await database.admin.query(
      "SELECT detail FROM app_dashboard.sync_cursors WHERE shop_id = $1 AND platform = 'META'",
      [shop],
    );
    expect(rows).toMatchObject([{ detail: { covered_to: today, complete: true } }]);
    const from: string = rows[0].detail.covered_from;
    const range = { shopId: shop, from, to: today };
    const before = await shopMetrics(db, range);
    expect(before?.marketing).toEqual({
      connected: true,
      history_complete: true,
      ad_account_timezones: [plan.zone],
      other_currencies: [],
    });
    if (before) expectSameAds(before, await truthSince(plan.id, from));

    now = new Date();
    const again = await runAdSync(db, "INCREMENTAL", options);
    expect(again.lastError).toBeNull();
    const truth = await truthSince(plan.id, from);
    const after = await shopMetrics(db, range);
    if (after) expectSameAds(after, truth);
    expect(after?.totals.purchases).not.toBe(before?.totals.purchases);

    const campaigns = adsBy(truth, ({ campaign_id, date }) => `${campaign_id} ${date}`);
    const stored = await database.admin.query(
      `SELECT campaign_id || ' ' || day AS key, spend::text, purchases::text,
         purchase_value::text AS value
       FROM core_warehouse.fact_marketing_campaign_daily WHERE shop_id = $1`,
      [shop],
    );
    expect(stored.rows.length).toBe(campaigns.size);
    for (const { key, spend, purchases, value } of stored.rows) {
      const sum = campaigns.get(key);
      expect([key, sum?.spend.eq(spend), sum?.purchases, sum?.purchase_value.eq(value)]).toEqual([
        key,
        true,
        Number(purchases),
        true,
      ]);
    }
  });

  it("is the same once facts and rollup are made anew from staging alone", async () => {
    const state = async () => {
      const parts: unknown[] = [];
      for (const table of [
        "core_warehouse.fact_marketing_daily",
        "core_warehouse.fact_marketing_campaign_daily",
        "reporting.daily_meta_metrics",
      ]) {
        const { rows } = await database.admin.query(
          `SELECT to_jsonb(t) - 'updated_at' AS row FROM ${table} t WHERE shop_id = $1
           ORDER BY (to_jsonb(t) - 'updated_at')::text`,
          [shop],
        );
        parts.push(...rows);
      }
      return parts;
    };
    const before = await state();
    for (const table of [
      "core_warehouse.fact_marketing_daily",
      "core_warehouse.fact_marketing_campaign_daily",
      "reporting.daily_meta_metrics",
    ]) {
      await database.admin.query(`DELETE FROM ${table} WHERE shop_id = $1`, [shop]);
    }
    await workerTenantDb(database.worker, shop).pgTx((client) => rebuildMarketing(client, shop));
    expect(await state()).toEqual(before);
    expect(before.length).toBeGreaterThan(plan.days / 2);
  });

  it("has no value on a day that is not stored, and reaches no further back than Meta", async () => {
    const db = workerTenantDb(database.worker, shop);
    const today = todayIn(plan.zone);
    const tomorrow = await shopMetrics(db, {
      shopId: shop,
      from: today,
      to: addDays(today, 1),
    });
    expect(tomorrow?.daily.map(({ spend }) => spend === null)).toEqual([false, true]);
    const long = await shopMetrics(db, { shopId: shop, from: "2020-01-01", to: today });
    expect(long?.totals).toMatchObject({ mer: null, cac: null });
    expect(long?.totals.spend).not.toBeNull();
    const past = await shopMetrics(db, { shopId: shop, from: "2020-01-01", to: "2020-12-31" });
    expect(past?.totals).toMatchObject({ spend: null, roas: null, impressions: null });
  });
});
