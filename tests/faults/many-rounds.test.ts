import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { shopDay, todayIn } from "~/lib/time";
import { shopMetrics } from "~/metrics/shop-metrics.server";
import { rebuildFacts } from "~/warehouse/rebuild-facts.server";
import { expectSameAds } from "../harness/same-ads";
import { expectSameFigures } from "../harness/same-figures";
import { adTruth } from "../support/ads-shop";
import { buildWorker } from "../support/built-worker";
import { CREDENTIAL_KEYS } from "../support/connected-shop";
import { type OwnPostgres, startOwnPostgres } from "../support/own-postgres";
import { brokenInvariants } from "./invariants";
import { drawRounds, type Round } from "./rounds";
import { STRIKE, untilMoment, untilUp } from "./strikes";
import { ask, WISH } from "./wishes";
import { openWorld, type World, type WorldShop } from "./world";

vi.setConfig({ testTimeout: 300_000 });
// Lost connections of the test's own are logged; this process has no other environment.
vi.mock("~/lib/env.server", async (original) => ({
  ...(await original<typeof import("~/lib/env.server")>()),
  env: () => ({ CREDENTIAL_KEYS, LOG_LEVEL: "silent" }),
}));

// The workers' dispatchers bring what is asked for here: their queue is another process's.
vi.mock("~/jobs/enqueue.server", async (original) => ({
  ...(await original<typeof import("~/jobs/enqueue.server")>()),
  enqueueSync: () => Promise.resolve(),
}));

/** Each is a whole story of its own; add one that found something. */
const SEEDS = [2];
/** How often every kind of fault strikes in a story. */
const TIMES = 2;
const SHOPS = 3;
/** More than the pauses after some errors in a row, and than BullMQ takes to miss a dead worker. */
const QUIET_MS = 90_000;

/** CI gives both; without Redis the same stories run on Postgres alone, and say so by their names. */
const kinds = process.env.REDIS_URL_TEST
  ? (["postgres", "redis"] as const)
  : (["postgres"] as const);

let postgres: OwnPostgres;
let built: Awaited<ReturnType<typeof buildWorker>>;

beforeAll(async () => {
  [postgres, built] = await Promise.all([startOwnPostgres(), buildWorker()]);
});
afterAll(async () => {
  built?.remove();
  await postgres?.stop();
});

describe.each(kinds)("round after round of faults, with the queue on %s", (kind) => {
  it.each(SEEDS)("seed %i: nothing lost, nothing twice, nothing stuck", async (seed) => {
    const world = await openWorld({ kind, seed, postgres, workerEntry: built.entry });
    try {
      await askForAll(world, "HISTORICAL_INIT");
      for (const [number, round] of drawRounds(seed, TIMES, SHOPS).entries()) {
        await telling(world, `round ${number + 1} of seed ${seed}: ${JSON.stringify(round)}`, () =>
          play(world, round),
        );
      }
      await telling(world, `after all rounds of seed ${seed}`, () => settle(world));
    } finally {
      await world.end();
    }
  });
});

/** A failure is told with what led to it and the workers' last words. */
async function telling(world: World, what: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const words = world.workers.map((worker) => worker.output().slice(-4_000)).join("\n---\n");
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`${what}\n${why}\n${words}`, { cause: error });
  }
}

async function play(world: World, round: Round): Promise<void> {
  await change(world, round);
  for (const { shop, platform, jobType } of round.asked) {
    await ask(shopAt(world, shop), platform, jobType);
  }
  await untilUp(world);
  await untilMoment(world, round);
  const { wish, strike } = round;
  const wanted = () => wish && WISH[wish.wish](world, shopAt(world, wish.shop), wish.platform);
  const first = wish?.before ? await wanted() : null;
  await STRIKE[strike](world, round);
  const takeBack = first ?? (wish?.before ? null : await wanted());
  expect(await brokenInvariants(world)).toEqual([]);
  await takeBack?.();
  expect(await brokenInvariants(world)).toEqual([]);
}

/** Lets the shops sell, and Meta learn, so that there is something to read. */
async function change({ shops, sim, moveMetaClock }: World, round: Round): Promise<void> {
  const { placed, changed, metaHours } = round;
  moveMetaClock(metaHours);
  await sim(`/shops/${shops[placed.shop]?.shopId}/orders`, {
    count: placed.count,
    seed: placed.seed,
  });
  for (const { shop, place, action } of changed) {
    const { shopId, store } = shopAt({ shops }, shop);
    const order = store.heads[place % store.heads.length];
    // What cannot be done to this order (422) is left undone.
    await sim(`/shops/${shopId}/orders/${order?.id}/${action}`, {});
  }
}

/** The faults end: every job ends in bounded time, and everything is as the truth has it, once. */
async function settle(world: World): Promise<void> {
  for (const { shopId } of world.shops) await world.sim(`/shops/${shopId}/faults`, {}, "DELETE");
  await world.sim("/meta/faults", {}, "DELETE");
  await untilQuiet(world);
  await askForAll(world, "INCREMENTAL");
  await untilQuiet(world);
  expect(await brokenInvariants(world)).toEqual([]);
  const failed = await world.database.admin.query(
    `SELECT platform, job_type, attempts, error FROM app_dashboard.sync_jobs
     WHERE status = 'FAILED' AND error_kind <> 'STOPPED'`,
  );
  expect(failed.rows, "jobs that failed").toEqual([]);
  const { rows: lines } = await world.database.admin.query(
    "SELECT count(*)::int AS lines FROM bulk_load.lines",
  );
  expect(lines).toEqual([{ lines: 0 }]);
  for (const shop of world.shops) {
    await expectTruth(world, shop);
    await expectRebuilt(world, shop);
  }
  for (const worker of world.workers) expect(await worker.end("SIGTERM")).toBe(0);
}

async function expectTruth({ database, simulator }: World, shop: WorldShop): Promise<void> {
  const { db, shopId, store, zone, account } = shop;
  const orders = store.heads.map(({ id }) => store.node(id)).filter((node) => node !== null);
  const first = shopDay(new Date(store.summary().firstEventAt ?? ""), zone);
  const from = first < account.plan.from ? first : account.plan.from;
  const metrics = await shopMetrics(db, { shopId, from, to: todayIn(zone) });
  if (!metrics) throw new Error(`no metrics of ${shopId}`);
  expectSameFigures(metrics, orders);
  expectSameAds(metrics, await adTruth(simulator.origin, account.id));
  const { rows } = await database.admin.query(
    `SELECT (SELECT count(*)::int FROM staging_ingest.shopify_orders_raw WHERE shop_id = $1) AS raw,
       (SELECT count(*)::int FROM core_warehouse.orders WHERE shop_id = $1) AS facts`,
    [shopId],
  );
  expect(rows).toEqual([{ raw: orders.length, facts: orders.length }]);
}

/** What so many broken-off runs left is what one whole run over staging makes. */
async function expectRebuilt({ database }: World, { db, shopId }: WorldShop): Promise<void> {
  const state = async () => {
    const { rows } = await database.admin.query(
      `SELECT (to_jsonb(daily) - 'updated_at')::text AS row
       FROM reporting.daily_shopify_metrics AS daily WHERE shop_id = $1
       UNION ALL SELECT to_jsonb(sale)::text FROM core_warehouse.order_sales AS sale WHERE shop_id = $1
       UNION ALL SELECT to_jsonb(line)::text FROM core_warehouse.order_line_items AS line
         WHERE shop_id = $1
       ORDER BY row`,
      [shopId],
    );
    return rows;
  };
  const before = await state();
  await db.pgTx((client) => rebuildFacts(client, shopId));
  expect(await state()).toEqual(before);
}

async function askForAll(world: World, jobType: "HISTORICAL_INIT" | "INCREMENTAL"): Promise<void> {
  for (const shop of world.shops) {
    await ask(shop, "SHOPIFY", jobType);
    await ask(shop, "META", jobType);
  }
}

async function untilQuiet({ database }: World): Promise<void> {
  const deadline = Date.now() + QUIET_MS;

  for (;;) {
    const { rows } = await database.admin.query(
      `SELECT shop_id, platform, job_type, status, phase, attempts, run_after, lease_until, error
       FROM app_dashboard.sync_jobs WHERE status IN ('QUEUED', 'IN_PROGRESS')`,
    );
    if (rows.length === 0) return;
    if (Date.now() > deadline) throw new Error(`stuck: ${JSON.stringify(rows)}`);
    await sleep(100);
  }
}

function shopAt({ shops }: Pick<World, "shops">, place: number): WorldShop {
  const shop = shops[place];
  if (!shop) throw new Error(`no shop ${place}`);
  return shop;
}
