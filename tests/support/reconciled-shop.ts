import { createLogger } from "~/lib/logger.server";
import { createOutgoingFetch } from "~/lib/outgoing.server";
import type { WorkerTenantDb } from "~/lib/tenant-db.server";
import { shopDay } from "~/lib/time";
import type { RecordedError, SyncStatus } from "~/sync/freshness.server";
import { rollupDays } from "~/warehouse/rollups/rollup-days.server";
import { startShopifySimulator } from "../../simulators/shopify/server";
import { syncShop } from "../../workers/processors/sync-shop";
import { createTestDatabase, type TestDatabase } from "../harness/database";
import { API_KEY, API_SECRET, askForSync, connectShop } from "./connected-shop";
import { NO_QUEUE, runSync } from "./run-sync";

export const SHOP = "reconciled.myshopify.com";
export const ZONE = "America/New_York";
export const DAY_MS = 86_400_000;

type Row = Record<string, unknown>;

export interface ReconciledShop {
  database: TestDatabase;
  db: WorkerTenantDb;
  /** The way out, which a test may bend. */
  send: typeof fetch;
  /** As the superuser. */
  rows(sql: string, values?: unknown[]): Promise<Row[]>;
  /** Lets something happen in the stand-in, some days ago if said. */
  happen(path: string, body?: unknown, daysAgo?: number): Promise<void>;
  /** Runs a RECONCILE to its end; `run` is its row of `reporting.reconciliations`. */
  reconcile(send?: typeof fetch): Promise<{ lastError: SyncStatus["lastError"]; run: Row }>;
  /** The same by workers that are each told to stop after so many requests to Shopify. */
  reconcileInTurns(requests: number): Promise<{ turns: number; run: Row }>;
  /** Metrics of periods that differ or once did, `day metric`. */
  noted(grain?: "DAY" | "MONTH"): Promise<Noted[]>;
  /** One of the orders of 20 to 80 days ago that nothing happened to since. */
  someOrder(skip?: number): Promise<{ id: string; day: string }>;
  /** Adds 5.00 to the amount of an order's first product row, and rolls all days up. */
  corrupt(orderId: string): Promise<void>;
  rollUp(): Promise<void>;
  stop(): Promise<void>;
}

export interface Noted {
  day: string;
  metric: string;
  ours: number;
  theirs: number;
  before: number | null;
  repaired: boolean;
}

/** A generated shop of 600 orders over 400 days, its whole history loaded, in New York and USD. */
export async function createReconciledShop(): Promise<ReconciledShop> {
  const database = await createTestDatabase();
  let behindMs = 0;
  const simulator = await startShopifySimulator({
    port: 0,
    apiKey: API_KEY,
    apiSecret: API_SECRET,
    appUrl: "http://127.0.0.1:9",
    stores: [
      {
        kind: "generated",
        options: {
          seed: 21,
          orders: 600,
          days: 400,
          now: new Date(),
          domain: SHOP,
          plan: "plus",
          currency: "USD",
          ianaTimezone: ZONE,
        },
      },
    ],
    now: () => new Date(Date.now() - behindMs),
    pacing: { bulkStartMs: 1, bulkRunMs: 1 },
  });
  const db = await connectShop({ simulator, database, shop: SHOP, currency: "USD", zone: ZONE });
  const options = { database, simulatorOrigin: simulator.origin };
  const { lastError } = await runSync(db, "HISTORICAL_INIT", options);
  if (lastError) throw new Error(lastError.message);
  const send = createOutgoingFetch(simulator.origin);
  const rows = async (sql: string, values: unknown[] = []): Promise<Row[]> =>
    (await database.admin.query(sql, values)).rows;
  const rollUp = () => db.pgTx((client) => rollupDays(client, SHOP, "all"));
  const runOf = async (jobId: string) => {
    const found = await rows("SELECT * FROM reporting.reconciliations WHERE job_id = $1", [jobId]);
    return found[0] ?? {};
  };

  return {
    database,
    db,
    send,
    rows,
    rollUp,
    async happen(path, body = {}, daysAgo = 0) {
      behindMs = daysAgo * DAY_MS;
      const answer = await fetch(`${simulator.origin}/_sim/shops/${SHOP}${path}`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
      });
      behindMs = 0;
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    },
    async reconcile(bent = send) {
      await runSync(db, "RECONCILE", { ...options, fetch: bent });
      // Not the shop's status: what is fresh does not hang on a check.
      const [job] = await rows(
        "SELECT id::text, error FROM app_dashboard.sync_jobs ORDER BY created_at DESC LIMIT 1",
      );
      const lastError = job?.error as RecordedError | null;
      return { lastError, run: await runOf(String(job?.id)) };
    },
    async reconcileInTurns(requests) {
      const jobId = await askForSync(db, "RECONCILE");
      for (let turns = 1; turns < 100; turns += 1) {
        await oneTurn({ database, jobId, requests, send });
        const [job] = await rows("SELECT status FROM app_dashboard.sync_jobs WHERE id = $1", [
          jobId,
        ]);
        if (job?.status === "SUCCEEDED") return { turns, run: await runOf(jobId) };
        if (job?.status !== "QUEUED") throw new Error(`the job is ${job?.status}`);
      }
      throw new Error("the job comes to no end");
    },
    async noted(grain = "DAY") {
      const found = await rows(
        `SELECT to_char(day, 'YYYY-MM-DD') AS day, metric, ours::float8, theirs::float8,
           ours_before::float8 AS before, repaired_at IS NOT NULL AS repaired
         FROM reporting.daily_reconciliation
         WHERE grain = $1 AND (difference <> 0 OR repaired_at IS NOT NULL) ORDER BY 1, 2`,
        [grain],
      );
      return found as unknown as Noted[];
    },
    async someOrder(skip = 0) {
      const [order] = await rows(
        `SELECT order_id::text AS id, processed_at FROM core_warehouse.orders
         WHERE NOT test AND deleted_at IS NULL AND current_total_price = total_price
           AND processed_at BETWEEN now() - interval '80 days' AND now() - interval '20 days'
           AND total_price > 0
         ORDER BY core_warehouse.orders.order_id OFFSET $1 LIMIT 1`,
        [skip],
      );
      return { id: String(order?.id), day: shopDay(order?.processed_at as Date, ZONE) };
    },
    async corrupt(orderId) {
      await rows(
        `UPDATE core_warehouse.order_sales SET total_amount = total_amount + 5
         WHERE sale_id = (SELECT min(sale_id) FROM core_warehouse.order_sales
           WHERE order_id = $1 AND line_type = 'PRODUCT' AND action_type = 'ORDER')`,
        [orderId],
      );
      await rollUp();
    },
    async stop() {
      await simulator.stop();
      await database.drop();
    },
  };
}

interface Turn {
  database: TestDatabase;
  jobId: string;
  requests: number;
  send: typeof fetch;
}

async function oneTurn({ database, jobId, requests, send }: Turn): Promise<void> {
  const drain = new AbortController();
  let sent = 0;
  const counting: typeof fetch = (input, init) => {
    sent += 1;
    if (sent > requests) drain.abort();
    return send(input, init);
  };
  await syncShop(
    { shopId: SHOP, jobId },
    {
      database: database.worker,
      queue: NO_QUEUE,
      access: { clientId: API_KEY, clientSecret: API_SECRET, fetch: counting },
      meta: null,
      workerId: "turn",
      leaseSeconds: 30,
      drain: drain.signal,
      turns: { turnMs: 60_000, othersWait: () => false },
      log: createLogger({ level: "silent" }),
    },
  );
}
