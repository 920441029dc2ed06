import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { createLogger } from "~/lib/logger.server";
import { createOutgoingFetch } from "~/lib/outgoing.server";
import type { WorkerTenantDb } from "~/lib/tenant-db.server";
import { shopDay } from "~/lib/time";
import { shopMetrics } from "~/metrics/shop-metrics.server";
import type { JobType } from "~/sync/job-types";
import type { ShopifySimulator } from "../../simulators/shopify/options";
import { startShopifySimulator } from "../../simulators/shopify/server";
import { generateStore } from "../../simulators/shopify/store";
import { cancelAbandonedBulks } from "../../workers/abandoned-bulks";
import { createTestDatabase, type TestDatabase } from "../harness/database";
import { expectSameFigures } from "../harness/same-figures";
import {
  API_KEY,
  API_SECRET,
  askForSync,
  CREDENTIAL_KEYS,
  connectShop,
} from "../support/connected-shop";
import { deliver } from "../support/run-sync";
import { DERIVED_TABLES, RAW_TABLES } from "../support/warehouse";

vi.setConfig({ testTimeout: 120_000 });
// Credentials are opened with the process's keys; this process has no other environment.
vi.mock("~/lib/env.server", async (original) => ({
  ...(await original<typeof import("~/lib/env.server")>()),
  env: () => ({ CREDENTIAL_KEYS, LOG_LEVEL: "silent" }),
}));

const SHOP = "bulk-faults.myshopify.com";
const ZONE = "Europe/Berlin";

let database: TestDatabase;
let simulator: ShopifySimulator;
let db: WorkerTenantDb;
/** The text of every bulk query that was asked for, and every operation that was canceled. */
let begun: string[] = [];
let canceled: string[] = [];

const watching: typeof fetch = async (input, init) => {
  const { query = "", variables = {} } =
    typeof init?.body === "string" ? JSON.parse(init.body) : {};
  if (query.includes("mutation RunBulk")) begun.push(variables.query);
  if (query.includes("mutation CancelBulk")) canceled.push(variables.id);
  return createOutgoingFetch(simulator.origin)(input, init);
};

beforeAll(async () => {
  database = await createTestDatabase();
  simulator = await startShopifySimulator({
    port: 0,
    apiKey: API_KEY,
    apiSecret: API_SECRET,
    appUrl: "http://127.0.0.1:9",
    stores: [
      {
        kind: "given",
        store: generateStore({
          seed: 41,
          orders: 150,
          days: 90,
          now: new Date(),
          domain: SHOP,
          plan: "plus",
          currency: "EUR",
          ianaTimezone: ZONE,
        }),
      },
    ],
    pacing: { bulkStartMs: 1, bulkRunMs: 1 },
  });
  db = await connectShop({ simulator, database, shop: SHOP, currency: "EUR", zone: ZONE });
});
afterAll(async () => {
  await simulator.stop();
  await database.drop();
});

/** A shop of which nothing was ever read, and that nothing is wrong with. */
beforeEach(async () => {
  await sim("/faults", undefined, "DELETE");
  await database.admin.query(
    `TRUNCATE ${RAW_TABLES.join(", ")}, ${DERIVED_TABLES}, bulk_load.lines,
       staging_ingest.shopify_orders_deleted, app_dashboard.sync_cursors, app_dashboard.sync_jobs;
     UPDATE app_dashboard.shops SET history_complete_at = NULL, figures_complete_from = NULL`,
  );
  begun = [];
  canceled = [];
});

async function sim(path: string, body?: object, method = "POST"): Promise<void> {
  const answer = await fetch(`${simulator.origin}/_sim/shops/${SHOP}${path}`, {
    method,
    headers: { "Content-Type": "application/json" },
    ...(body && { body: JSON.stringify(body) }),
  });
  expect(answer.ok, await answer.text()).toBe(true);
}

const work = (jobId: string) => deliver(db, jobId, { database, fetch: watching, meta: null });

interface JobRow {
  status: string;
  code: string | null;
  error_kind: string | null;
  checkpoint: Record<string, never> | null;
}

async function jobRow(): Promise<JobRow> {
  const { rows } = await database.admin.query<JobRow>(
    "SELECT status, error ->> 'code' AS code, error_kind, checkpoint FROM app_dashboard.sync_jobs",
  );
  const [row] = rows;
  if (!row) throw new Error("no job");
  return row;
}

async function comeAgain(jobId: string): Promise<JobRow> {
  await database.admin.query(
    `UPDATE app_dashboard.sync_jobs SET run_after = now() WHERE status = 'QUEUED';
     UPDATE app_dashboard.api_budgets SET blocked_until = now()`,
  );
  await work(jobId);
  return jobRow();
}

/** Works on a job to its end, and answers the errors that it met on the way. */
async function workToTheEnd(jobId: string): Promise<{ job: JobRow; met: string[] }> {
  const met = new Set<string>();
  for (;;) {
    const job = await comeAgain(jobId);
    if (job.code) met.add(job.code);
    if (job.status === "SUCCEEDED" || job.status === "FAILED") return { job, met: [...met] };
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Works on a job until its checkpoint holds something at this path. */
async function workUntil(jobId: string, path: string, value?: string): Promise<void> {
  for (;;) {
    await comeAgain(jobId);
    const { rows } = await database.admin.query(
      "SELECT checkpoint #>> $1 AS found FROM app_dashboard.sync_jobs",
      [path],
    );
    if (value === undefined ? rows[0].found : rows[0].found === value) return;
  }
}

/** As if one of the operations had written nothing for hours. */
async function standStill(name: "orders" | "ledger"): Promise<void> {
  await database.admin.query(
    "UPDATE app_dashboard.sync_jobs SET checkpoint = jsonb_set(checkpoint, $1, to_jsonb($2::text))",
    [[name, "progressAt"], new Date(Date.now() - 4 * 3_600_000).toISOString()],
  );
}

const readHistory = async (type: JobType = "HISTORICAL_INIT") =>
  workToTheEnd(await askForSync(db, type));

type Truth = { id: string; createdAt: string } & Record<string, unknown>;

async function readTruth(): Promise<Truth[]> {
  const answer = await fetch(`${simulator.origin}/_sim/shops/${SHOP}/orders.jsonl`);
  return (await answer.text())
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

async function expectTruth(): Promise<void> {
  const day = (before: number) => shopDay(new Date(Date.now() - before * 86_400_000), ZONE);
  const metrics = await shopMetrics(db, { shopId: SHOP, from: day(120), to: day(-2) });
  if (!metrics) throw new Error("no metrics");
  expectSameFigures(metrics, await readTruth());
  const lines = await database.admin.query("SELECT FROM bulk_load.lines");
  expect(lines.rows).toEqual([]);
}

const LEDGER = "agreements";
const ORDERS = "shippingLines";

describe("a bulk operation", () => {
  it.each([
    ["bulk_failed", "BULK_FAILED"],
    ["bulk_partial", "BULK_FAILED"],
    ["bulk_canceled", "BULK_CANCELED"],
    ["bulk_expired", "BULK_EXPIRED"],
    ["bulk_no_url", "BULK_NO_URL"],
    ["bulk_rows_missing", "BULK_ROWS_MISSING"],
    ["download_corrupted", "BULK_LINE_MALFORMED"],
  ])("%s: %s, and it is run again", async (kind, code) => {
    // A file's address does not tell what is in it.
    const matches = kind.startsWith("download") ? [undefined, undefined] : [ORDERS, LEDGER];
    for (const match of matches) await sim("/faults", { kind, match });
    const { job, met } = await readHistory();
    expect(job).toMatchObject({ status: "SUCCEEDED", code: null });
    expect(met).toEqual([code]);
    expect(begun.length).toBe(4);
    await expectTruth();
  });

  it("whose file is cut on its way is not run again", async () => {
    await sim("/faults", { kind: "download_cut", times: 2 });
    const { job, met } = await readHistory();
    expect(job).toMatchObject({ status: "SUCCEEDED" });
    expect(met).toEqual(["BULK_DOWNLOAD_CUT"]);
    expect(begun).toHaveLength(2);
    await expectTruth();
  });

  it("that fails again and again ends the job by its name", async () => {
    await sim("/faults", { kind: "bulk_failed", match: ORDERS, times: null });
    const { job } = await readHistory();
    expect(job).toMatchObject({ status: "FAILED", code: "BULK_FAILED", error_kind: "RETRYABLE" });
    expect(begun.filter((query) => query.includes(ORDERS))).toHaveLength(8);
  });

  it("without the permission waits for a person, and keeps no place", async () => {
    await sim("/faults", { kind: "bulk_failed", error_code: "ACCESS_DENIED", match: ORDERS });
    const { job } = await readHistory();
    expect(job).toMatchObject({
      status: "FAILED",
      code: "BULK_ACCESS_DENIED",
      error_kind: "NEEDS_USER",
    });
    expect(canceled).toHaveLength(1);
  });

  it("that leaves orders out is found by counting, and everything is read anew once", async () => {
    await sim("/faults", { kind: "bulk_roots_missing", match: ORDERS });
    const first = await readHistory();
    expect(first.job).toMatchObject({ status: "SUCCEEDED" });
    expect(first.met).toEqual(["COUNT_MISMATCH"]);
    await expectTruth();
    await database.admin.query(
      `TRUNCATE ${RAW_TABLES.join(", ")}, ${DERIVED_TABLES}, app_dashboard.sync_jobs`,
    );
    await sim("/faults", { kind: "bulk_roots_missing", match: ORDERS, times: null });
    const { job } = await readHistory();
    expect(job).toMatchObject({ status: "FAILED", code: "COUNT_MISMATCH", error_kind: "DEFECT" });
  });

  it("that never ends is canceled after hours without a line, and run again", async () => {
    await sim("/faults", { kind: "bulk_stuck", match: LEDGER });
    const jobId = await askForSync(db, "HISTORICAL_INIT");
    await workUntil(jobId, "{phase}", "BULK_WAIT");
    await comeAgain(jobId);
    await comeAgain(jobId);
    expect((await jobRow()).code).toBeNull();
    await standStill("ledger");
    const { job, met } = await workToTheEnd(jobId);
    expect(job).toMatchObject({ status: "SUCCEEDED" });
    expect(met).toEqual(["BULK_STALLED"]);
    expect(canceled).toHaveLength(1);
    expect(begun).toHaveLength(3);
    await expectTruth();
  });

  it("of the ledger that Shopify refuses leaves the ledger to pages", async () => {
    await sim("/faults", { kind: "bulk_refuse_agreements", times: null });
    const { job, met } = await readHistory();
    expect(job).toMatchObject({ status: "SUCCEEDED" });
    expect(met).toEqual([]);
    await expectTruth();
  });

  it("for which there is no place is asked for later, however often, without a failure", async () => {
    await sim("/faults", { kind: "bulk_limit_reached", times: 12 });
    const { job, met } = await readHistory();
    expect(job).toMatchObject({ status: "SUCCEEDED" });
    expect(met).toEqual(["BULK_LIMIT_REACHED"]);
    expect(begun).toHaveLength(14);
    await expectTruth();
  });
});

describe("a worker that ends", () => {
  const operations = async () => {
    const { checkpoint } = await jobRow();
    return [checkpoint?.orders, checkpoint?.ledger].map((one) => Reflect.get(Object(one), "id"));
  };

  /** What is left running at Shopify by a job that ended is canceled. */
  async function giveUp(): Promise<void> {
    await database.admin.query(
      "UPDATE app_dashboard.sync_jobs SET status = 'FAILED', finished_at = now()",
    );
    const access = { clientId: API_KEY, clientSecret: API_SECRET, fetch: watching };
    const log = createLogger({ level: "silent" });
    expect(await cancelAbandonedBulks(database.worker, access, log)).toBe(2);
    expect(canceled).toHaveLength(2);
  }

  it("is outlived by its operations: the next goes on with them", async () => {
    await sim("/faults", { kind: "bulk_stuck", times: 2 });
    const jobId = await askForSync(db, "HISTORICAL_REBUILD");
    await work(jobId);
    const [orders, ledger] = await operations();
    expect(ledger).toBeTruthy();
    await comeAgain(jobId);
    await comeAgain(jobId);
    expect(await operations()).toEqual([orders, ledger]);
    expect(begun).toHaveLength(2);
    await giveUp();
  });

  it("before it wrote an operation down leaves it to the next, which knows it by its text", async () => {
    await sim("/faults", { kind: "bulk_stuck", times: 2 });
    const jobId = await askForSync(db, "HISTORICAL_REBUILD");
    await work(jobId);
    const before = await operations();
    await database.admin.query(
      `UPDATE app_dashboard.sync_jobs SET checkpoint =
         jsonb_set(jsonb_set(checkpoint, '{orders,id}', 'null'), '{ledger,id}', 'null')`,
    );
    await comeAgain(jobId);
    expect(await operations()).toEqual(before);
    expect(begun).toHaveLength(2);
    await giveUp();
  });
});

describe("a window that Shopify has not the time for", () => {
  const windows = () =>
    new Set(begun.map((query) => /created_at[^"]*/.exec(query)?.[0] ?? "whole"));

  it("is halved, and its halves too, and nothing is lost between them", async () => {
    // The whole, then the older half.
    await sim("/faults", { kind: "bulk_failed", error_code: "TIMEOUT", match: ORDERS });
    await sim("/faults", { kind: "bulk_partial", error_code: "TIMEOUT", match: LEDGER, times: 2 });
    const { job, met } = await readHistory();
    expect(job).toMatchObject({ status: "SUCCEEDED" });
    expect(met).toEqual([]);
    expect(windows().size).toBeGreaterThan(3);
    await expectTruth();
  });

  it("knows at its end which orders were in none of its parts", async () => {
    await readHistory();
    const [gone, ...rest] = (await readTruth())
      .filter(({ createdAt }) => Date.parse(createdAt) < Date.now() - 86_400_000)
      .map(({ id }) => id.split("/").at(-1) ?? "");
    await sim(`/orders/${gone}/delete`, {});
    await sim(`/orders/${rest.at(-1)}/delete`, {});
    await database.admin.query("DELETE FROM app_dashboard.sync_jobs");
    begun = [];
    await sim("/faults", { kind: "bulk_failed", error_code: "TIMEOUT", match: ORDERS });
    const { job } = await readHistory("HISTORICAL_REBUILD");
    expect(job).toMatchObject({ status: "SUCCEEDED" });
    expect(windows().size).toBe(3);
    await expectTruth();
    const { rows } = await database.admin.query(
      "SELECT order_id::text AS id FROM core_warehouse.orders WHERE deleted_at IS NOT NULL",
    );
    expect(rows.map(({ id }) => id).sort()).toEqual([gone, rest.at(-1)].sort());
  });

  it("is read whole again where what was kept of its parts is gone", async () => {
    await sim("/faults", { kind: "bulk_failed", error_code: "TIMEOUT", match: ORDERS });
    await sim("/faults", { kind: "bulk_stuck", match: "created_at:>=" });
    const jobId = await askForSync(db, "HISTORICAL_INIT");
    await workUntil(jobId, "{finished,0,roots}");
    await comeAgain(jobId);
    await database.admin.query("TRUNCATE bulk_load.lines");
    await standStill("orders");
    const { job, met } = await workToTheEnd(jobId);
    expect(job).toMatchObject({ status: "SUCCEEDED" });
    expect(met).toEqual(["BULK_STALLED", "BULK_LINES_GONE"]);
    await expectTruth();
  });

  it("ends the job where it is an hour's orders", async () => {
    await sim("/faults", {
      kind: "bulk_failed",
      error_code: "TIMEOUT",
      match: ORDERS,
      times: null,
    });
    const { job } = await readHistory();
    expect(job).toMatchObject({
      status: "FAILED",
      code: "BULK_WINDOW_TIMEOUT",
      error_kind: "DEFECT",
    });
  });
});
