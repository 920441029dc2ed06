import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import type { WorkerTenantDb } from "~/lib/tenant-db.server";
import type { ShopifySimulator } from "../../simulators/shopify/options";
import { startShopifySimulator } from "../../simulators/shopify/server";
import { createTestDatabase, type TestDatabase } from "../harness/database";
import { API_KEY, API_SECRET, CREDENTIAL_KEYS, connectShop } from "../support/connected-shop";
import { runSync } from "../support/run-sync";

vi.setConfig({ testTimeout: 120_000 });
// Credentials are opened with the process's keys; this process has no other environment.
vi.mock("~/lib/env.server", async (original) => ({
  ...(await original<typeof import("~/lib/env.server")>()),
  env: () => ({ CREDENTIAL_KEYS, LOG_LEVEL: "silent" }),
}));

const SHOP = "verified.myshopify.com";
const ORDERS = 200;
const NOWHERE = "http://127.0.0.1:9";

let database: TestDatabase;
let simulator: ShopifySimulator;
let db: WorkerTenantDb;

beforeAll(async () => {
  database = await createTestDatabase();
  simulator = await startShopifySimulator({
    port: 0,
    apiKey: API_KEY,
    apiSecret: API_SECRET,
    appUrl: NOWHERE,
    stores: [
      {
        kind: "generated",
        options: {
          seed: 33,
          orders: ORDERS,
          days: 80,
          now: new Date(),
          domain: SHOP,
          plan: "plus",
          currency: "EUR",
          ianaTimezone: "Europe/Berlin",
        },
      },
    ],
    pacing: { bulkStartMs: 1, bulkRunMs: 1 },
  });
  db = await connectShop({
    simulator,
    database,
    shop: SHOP,
    currency: "EUR",
    zone: "Europe/Berlin",
  });
  for (const jobType of ["HISTORICAL_INIT", "RECONCILE"] as const) {
    const options = { database, simulatorOrigin: simulator.origin };
    expect((await runSync(db, jobType, options)).lastError).toBeNull();
  }
});
afterAll(async () => {
  await simulator.stop();
  await database.drop();
});

interface Outcome {
  code: number;
  output: string;
}

/** Runs the script as `npm run verify -- …` does. */
async function verify(args: string[], origin = simulator.origin): Promise<Outcome> {
  try {
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      ["--import", "tsx", "scripts/verify.ts", ...args],
      {
        env: {
          PATH: process.env.PATH,
          NODE_ENV: "test",
          SHOPIFY_APP_URL: NOWHERE,
          SHOPIFY_API_KEY: API_KEY,
          SHOPIFY_API_SECRET: API_SECRET,
          CREDENTIAL_KEYS,
          DATABASE_URL: database.urls.web,
          WORKER_DATABASE_URL: database.urls.worker,
          SIMULATOR_ORIGIN: origin,
          LOG_LEVEL: "silent",
        },
      },
    );
    return { code: 0, output: stdout + stderr };
  } catch (error) {
    const failed = error as { code: number; stdout: string; stderr: string };
    return { code: failed.code, output: failed.stdout + failed.stderr };
  }
}

const reportSchema = z.object({
  counts: z.record(z.string(), z.number()),
  withoutShopify: z.string().nullable(),
  checks: z.array(z.object({ name: z.string(), found: z.number(), examples: z.array(z.string()) })),
  ok: z.boolean(),
});

/** What is wrong, by check. */
async function wrong(): Promise<Record<string, string[]>> {
  const { output } = await verify(["--shop", SHOP, "--json"]);
  const { checks } = reportSchema.parse(JSON.parse(output));
  return Object.fromEntries(
    checks.filter(({ found }) => found > 0).map(({ name, examples }) => [name, examples]),
  );
}

const change = async (...statements: string[]) => {
  for (const statement of statements) await database.admin.query(statement);
};
const someOrder = async () =>
  (
    await database.admin.query(
      `SELECT order_id::text AS id, name FROM core_warehouse.orders
       WHERE NOT test AND current_total_price = total_price AND total_price > 0
       ORDER BY order_id LIMIT 1`,
    )
  ).rows[0] as { id: string; name: string };

describe("npm run verify", () => {
  it("prints counts and checks and exits with 0 where everything adds up", async () => {
    const { code, output } = await verify(["--shop", SHOP]);
    expect(output).toContain("Everything adds up.");
    expect(code).toBe(0);
    expect(output).toMatch(/core_warehouse\.orders +200\n/);
    expect(output).toMatch(/orders that Shopify counts +200\n/);
    expect(output).toMatch(/newest days against Shopify's report +ok\n/);
  });

  it("says so where Shopify cannot be reached, and is content with the rest", async () => {
    const { code, output } = await verify(["--shop", SHOP, "--json"], NOWHERE);
    const report = reportSchema.parse(JSON.parse(output));
    expect(report.withoutShopify).toMatch(/could not be reached|aborted/);
    expect(report.checks.filter(({ found }) => found > 0)).toEqual([]);
    expect(report.checks.map(({ name }) => name)).toContain("rollups against a recomputation");
    expect(code).toBe(0);
  });

  it("names a fact that its raw document does not bear out, and every figure that it bends", async () => {
    const { id, name } = await someOrder();
    await change(
      `UPDATE core_warehouse.order_sales SET total_amount = total_amount + 0.01
       WHERE sale_id = (SELECT min(sale_id) FROM core_warehouse.order_sales
         WHERE order_id = ${id} AND line_type = 'PRODUCT')`,
    );
    const found = await wrong();
    expect(found["core_warehouse.order_sales against raw"]).toEqual([
      expect.stringMatching(/^\d+: total_amount$/),
    ]);
    expect(found["rollups against a recomputation"]?.join("\n")).toMatch(
      /EUR gross_sales: [\d.]+ stored, [\d.]+ recomputed/,
    );
    expect(found["sales against total_price"]?.[0]).toContain(`${name} of`);
    expect(found["ledger against current_total_price"]).toHaveLength(1);
    expect((await verify(["--shop", SHOP])).code).toBe(1);
    await change(
      `UPDATE core_warehouse.order_sales SET total_amount = total_amount - 0.01
       WHERE sale_id = (SELECT min(sale_id) FROM core_warehouse.order_sales
         WHERE order_id = ${id} AND line_type = 'PRODUCT')`,
    );
    expect(await wrong()).toEqual({});
  });

  it("names rollups that the facts do not bear out, and what differs from Shopify", async () => {
    const day =
      "(SELECT day FROM reporting.daily_shopify_metrics WHERE orders > 0 ORDER BY day LIMIT 1)";
    await change(
      `UPDATE reporting.daily_shopify_metrics SET new_customers = new_customers + 1, taxes = taxes - 1 WHERE day = ${day}`,
      `INSERT INTO reporting.daily_shopify_metrics (shop_id, day, currency) VALUES ('${SHOP}', '2001-01-01', 'EUR')`,
    );
    const found = await wrong();
    expect(Object.keys(found).sort()).toEqual([
      "newest days against Shopify's report",
      "rollup days without facts",
      "rollups against a recomputation",
    ]);
    expect(found["rollup days without facts"]).toEqual(["2001-01-01 EUR"]);
    const recomputed = found["rollups against a recomputation"]?.map(
      (line) => line.split(/[ :]/)[2],
    );
    expect(recomputed?.sort()).toEqual(["new_customers", "taxes"]);
    await change(
      `UPDATE reporting.daily_shopify_metrics SET new_customers = new_customers - 1, taxes = taxes + 1 WHERE day = ${day}`,
      "DELETE FROM reporting.daily_shopify_metrics WHERE day = '2001-01-01'",
    );
  });

  it("names the orphans of every table", async () => {
    const { id } = await someOrder();
    await change(
      `INSERT INTO core_warehouse.orders (shop_id, order_id) VALUES ('${SHOP}', 7)`,
      `DELETE FROM core_warehouse.orders WHERE order_id = ${id}`,
    );
    const found = await wrong();
    expect(found["orders without a raw document"]).toEqual(["order 7"]);
    expect(found["raw documents without an order"]).toEqual([`order ${id}`]);
    for (const table of ["order_sales", "order_line_items", "transactions"]) {
      expect(found[`${table} without an order`]).toEqual([`order ${id}`]);
    }
    expect(found["core_warehouse.orders against raw"]).toEqual([`${id} is missing`]);
  });

  it("names the shop that it does not know, and asks for one", async () => {
    expect(await verify(["--shop", "nobody.myshopify.com"])).toMatchObject({
      code: 1,
      output: expect.stringContaining("No shop is called nobody.myshopify.com."),
    });
    expect(await verify([])).toMatchObject({
      code: 1,
      output: expect.stringContaining("Say which shop"),
    });
  });
});
