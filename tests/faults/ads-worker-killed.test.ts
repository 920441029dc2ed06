import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { WorkerTenantDb } from "~/lib/tenant-db.server";
import { todayIn } from "~/lib/time";
import { shopMetrics } from "~/metrics/shop-metrics.server";
import { type SyncStatus, syncStatus } from "~/sync/freshness.server";
import { APP_ID, APP_SECRET, RunningMeta } from "../../simulators/meta/testing/running";
import { createTestDatabase, type TestDatabase } from "../harness/database";
import { expectSameAds } from "../harness/same-ads";
import { adAccount, adTruth, connectAds } from "../support/ads-shop";
import { askForSync } from "../support/connected-shop";
import { startWorkerProcess, type WorkerProcess } from "../support/worker-process";

vi.setConfig({ testTimeout: 120_000 });

const SHOP = "ads-killed.myshopify.com";
const PLACE = { currency: "EUR", zone: "Europe/Berlin" };
const ACCOUNT = adAccount("55001", { ...PLACE, days: 300, seed: 55, scale: 300 });
const META = { META_APP_ID: APP_ID, META_APP_SECRET: APP_SECRET };
const NOW = new Date();

let database: TestDatabase;
let meta: RunningMeta;
let db: WorkerTenantDb;
const workers: WorkerProcess[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  meta = await RunningMeta.start({
    accounts: [ACCOUNT],
    now: () => NOW,
    pacing: { asyncStartMs: 0, asyncRunMs: 20 },
  });
  const token = await meta.token();
  db = await connectAds(database, { ...PLACE, shop: SHOP, accounts: [ACCOUNT], token });
});
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.end("SIGKILL")));
  await meta.stop();
  await database.drop();
});

function start(): WorkerProcess {
  const worker = startWorkerProcess(database, meta.simulator.origin, META);
  workers.push(worker);
  return worker;
}

async function until(
  worker: WorkerProcess,
  reached: (status: SyncStatus) => boolean,
): Promise<SyncStatus> {
  return vi.waitFor(
    async () => {
      const status = await syncStatus(db, SHOP, "META");
      expect(reached(status), `${JSON.stringify(status)}\n${worker.output()}`).toBe(true);
      return status;
    },
    { timeout: 60_000, interval: 5 },
  );
}

/** What is stored, and what is said to be, in one look. */
async function stored() {
  const { rows } = await database.admin.query<{
    covered: string;
    first: string;
    jobs: number;
    owner: string | null;
  }>(
    `SELECT cursor.detail ->> 'covered_from' AS covered,
       (SELECT min(day)::text FROM core_warehouse.fact_marketing_daily) AS first,
       (SELECT count(*)::int FROM app_dashboard.sync_jobs) AS jobs,
       (SELECT lease_owner FROM app_dashboard.sync_jobs) AS owner
     FROM app_dashboard.sync_cursors AS cursor WHERE cursor.shop_id = $1`,
    [SHOP],
  );
  return rows[0];
}

it("ads whose worker is killed again and again are read on, each day once, to the same figures", async () => {
  const jobId = await askForSync(db, "HISTORICAL_INIT", "META");
  let done = 0;
  for (const days of [20, 150]) {
    const victim = start();
    await until(victim, ({ running }) => (running?.done ?? 0) >= days);
    await victim.end("SIGKILL");
    const { running } = await syncStatus(db, SHOP, "META");
    expect(running?.jobId).toBe(jobId);
    // What a commit brought, no kill takes back.
    expect(running?.done ?? 0).toBeGreaterThan(done);
    done = running?.done ?? 0;
    const state = await stored();
    expect(state?.first && state.first >= (state.covered ?? "9999")).toBe(true);
  }
  const drained = start();
  await until(drained, ({ running }) => (running?.done ?? 0) > done);
  expect(await drained.end("SIGTERM")).toBe(0);
  expect(await stored()).toMatchObject({ jobs: 1, owner: null });

  const survivor = start();
  await until(survivor, ({ lastSuccessAt }) => lastSuccessAt !== null);
  const range = { shopId: SHOP, from: ACCOUNT.plan.from, to: todayIn(PLACE.zone) };
  const metrics = await shopMetrics(db, range);
  if (!metrics) throw new Error("no metrics");
  expectSameAds(metrics, await adTruth(meta.simulator.origin, ACCOUNT.id));
  const { rows } = await database.admin.query(
    `SELECT job_type, status, attempts, error FROM app_dashboard.sync_jobs WHERE id = $1`,
    [jobId],
  );
  expect(rows).toEqual([
    { job_type: "HISTORICAL_INIT", status: "SUCCEEDED", attempts: 0, error: null },
  ]);
});
