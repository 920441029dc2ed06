import { z } from "zod";
import type { World, WorldShop } from "./world";

const snapshotSchema = z.object({
  inFlight: z.array(z.object({ shop_id: z.string(), platform: z.string(), jobs: z.number() })),
  unleased: z.array(z.object({ shop_id: z.string(), id: z.string() })),
  cursors: z.array(
    z.object({
      shop_id: z.string(),
      stream: z.string(),
      watermark: z.date().nullable(),
      from: z.string().nullable(),
      to: z.string().nullable(),
    }),
  ),
  orders: z.array(z.object({ key: z.string(), updated_at: z.date() })),
  ads: z.array(z.object({ key: z.string(), impressions: z.coerce.number() })),
  apart: z.array(z.object({ shop_id: z.string(), order_id: z.string() })),
});
type Snapshot = z.infer<typeof snapshotSchema>;

const QUESTIONS: Readonly<Record<keyof Snapshot, string>> = {
  inFlight: `SELECT shop_id, platform, count(*)::int AS jobs FROM app_dashboard.sync_jobs
    WHERE status IN ('QUEUED', 'IN_PROGRESS') GROUP BY shop_id, platform HAVING count(*) > 1`,
  unleased: `SELECT shop_id, id::text FROM app_dashboard.sync_jobs
    WHERE status = 'IN_PROGRESS' AND (lease_owner IS NULL OR lease_until IS NULL)`,
  cursors: `SELECT shop_id, stream, watermark, detail ->> 'covered_from' AS from,
    detail ->> 'covered_to' AS to FROM app_dashboard.sync_cursors`,
  orders: "SELECT shop_id || ' ' || order_id AS key, updated_at FROM core_warehouse.orders",
  ads: `SELECT ad_account_id || ' ' || day AS key, impressions
    FROM core_warehouse.fact_marketing_daily`,
  apart: `SELECT shop_id, order_id::text
    FROM staging_ingest.shopify_orders_raw AS raw
    FULL JOIN core_warehouse.orders AS fact USING (shop_id, order_id)
    WHERE raw.payload_hash IS DISTINCT FROM fact.payload_hash`,
};

/** How many of a kind are named; one is enough to look for the cause. */
const NAMED = 3;

/**
 * What must be true at every moment, held against one snapshot of the database: one job in flight,
 * each with its lease; no cursor ahead of its data; staging and facts of one commit. Answers what is
 * broken, in words.
 */
export async function brokenInvariants(world: World): Promise<string[]> {
  const snapshot = await takeSnapshot(world);
  const { inFlight, unleased, apart } = snapshot;
  const orders = new Map(snapshot.orders.map(({ key, updated_at }) => [key, updated_at.getTime()]));
  const ads = new Map(snapshot.ads.map(({ key, impressions }) => [key, impressions]));
  const broken = [
    ...inFlight.map((row) => `several jobs in flight: ${JSON.stringify(row)}`),
    ...unleased.map((row) => `in progress without a lease: ${JSON.stringify(row)}`),
    ...apart.slice(0, NAMED).map((row) => `staging and facts differ: ${JSON.stringify(row)}`),
  ];
  for (const shop of world.shops) {
    broken.push(...ordersBehind(shop, snapshot, orders).slice(0, NAMED));
    broken.push(...adsBehind(shop, snapshot, ads).slice(0, NAMED));
  }
  for (const [place, worker] of world.workers.entries()) {
    if (worker.ended()) broken.push(`worker ${place} ended by itself`);
  }
  return broken;
}

async function takeSnapshot({ database }: World): Promise<Snapshot> {
  const client = await database.admin.connect();
  try {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    const answers: Record<string, unknown> = {};
    for (const [name, sql] of Object.entries(QUESTIONS)) {
      answers[name] = (await client.query(sql)).rows;
    }
    await client.query("COMMIT");
    return snapshotSchema.parse(answers);
  } finally {
    client.release();
  }
}

/**
 * Shopify's times are whole seconds: what changed in the second of the watermark may have changed
 * after it, and is the overlap's to bring.
 */
function ordersBehind(
  { shopId, store }: WorldShop,
  { cursors }: Snapshot,
  stored: ReadonlyMap<string, number>,
): string[] {
  const cursor = cursors.find(({ shop_id, stream }) => shop_id === shopId && stream === "orders");
  if (!cursor?.watermark) return [];
  const surely = Math.floor(cursor.watermark.getTime() / 1000) * 1000;
  return store.heads
    .filter(({ updatedAt }) => updatedAt < surely)
    .filter(({ id, updatedAt }) => (stored.get(`${shopId} ${id}`) ?? -1) < updatedAt)
    .map(
      ({ id, updatedAt }) =>
        `the cursor of ${shopId} is ahead of order ${id}: ${new Date(updatedAt).toISOString()} < ${cursor.watermark?.toISOString()}, stored ${stored.get(`${shopId} ${id}`) ?? "not at all"}`,
    );
}

/** Of days that are over for Meta, whose impressions no longer change. */
function adsBehind(
  { shopId, account, impressions }: WorldShop,
  { cursors }: Snapshot,
  stored: ReadonlyMap<string, number>,
): string[] {
  const stream = `insights:act_${account.id}`;
  const cursor = cursors.find((one) => one.shop_id === shopId && one.stream === stream);
  const { from, to } = cursor ?? {};
  if (!from || !to) return [];
  return [...impressions]
    .filter(([day]) => day >= from && day <= to)
    .filter(([day, truth]) => (stored.get(`act_${account.id} ${day}`) ?? 0) !== truth)
    .map(([day]) => `ads of ${account.id} are said to be stored, but not those of ${day}`);
}
