import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import pg from "pg";
import { z } from "zod";
import { createAdminClient } from "~/connectors/shopify/admin-client.server";
import type { PointBudget } from "~/lib/api-budget";
import { createOutgoingFetch } from "~/lib/outgoing.server";
import { shopifyBudget } from "~/sync/shopify-budget.server";
import { startEmbeddedPostgres } from "../scripts/lib/embedded-postgres";
import { freePort } from "../scripts/lib/free-port";
import { migrateDatabase } from "../scripts/lib/migrate";
import { startShopifySimulator } from "../simulators/shopify/server";

/**
 * What asking the shared bucket costs: calls a second with it, held against the same calls without it
 * in the same run, turn by turn: `npx tsx bench/shared-budget.ts --seconds 3 --rounds 4`. The queries
 * cost a point each, so that Shopify's limit itself slows nothing.
 */
const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "3" },
    rounds: { type: "string", default: "4" },
    workers: { type: "string", default: "4" },
  },
});
const SECONDS = Number(values.seconds);
const SHOP = "budget.myshopify.com";
const APP = { apiKey: "bench-key", apiSecret: "bench-secret", appUrl: "http://127.0.0.1:9" };

const FREE: PointBudget = {
  take: async () => ({ call: "free", waitMs: 0 }),
  settle: async () => undefined,
  block: async () => undefined,
};

const folder = mkdtempSync(join(tmpdir(), "shared-budget-"));
const postgres = await startEmbeddedPostgres({
  dataDir: join(folder, "postgres"),
  port: await freePort(),
});
const simulator = await startShopifySimulator({
  ...APP,
  port: 0,
  stores: [
    {
      kind: "generated",
      options: {
        seed: 1,
        orders: 10,
        days: 10,
        now: new Date(),
        domain: SHOP,
        plan: "plus",
        currency: "EUR",
        ianaTimezone: "Europe/Berlin",
      },
    },
  ],
});
const workers: pg.Pool[] = [];
try {
  await migrateDatabase(postgres.urls);
  for (let n = 0; n < Number(values.workers); n += 1) {
    const pool = new pg.Pool({ connectionString: postgres.urls.worker, max: 2 });
    // The server may end before the last socket has said goodbye.
    pool.on("error", () => undefined);
    workers.push(pool);
  }
  const token = await tokenOf(simulator.origin);
  const total = { shared: 0, free: 0 };
  for (let round = 0; round < Number(values.rounds); round += 1) {
    total.free += await callsWith(token, () => FREE);
    total.shared += await callsWith(token, (worker) => shopifyBudget(worker, SHOP));
  }
  const seconds = SECONDS * Number(values.rounds);
  const rate = (calls: number) => Math.round(calls / seconds);
  console.log(`${workers.length} workers, one shop, ${seconds} s each`);
  console.log(`without the bucket ${rate(total.free)} calls/s`);
  console.log(`with the bucket    ${rate(total.shared)} calls/s`);
  console.log(`ratio ${(total.shared / total.free).toFixed(2)}`);
} finally {
  await Promise.all(workers.map((worker) => worker.end()));
  await simulator.stop();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** How many calls all workers together make within the time. */
async function callsWith(
  token: string,
  budgetOf: (worker: pg.Pool) => PointBudget,
): Promise<number> {
  const until = performance.now() + SECONDS * 1_000;
  const schema = z.object({ shop: z.object({ id: z.string() }) });
  const made = workers.map(async (worker) => {
    const admin = createAdminClient({
      shop: SHOP,
      accessToken: async () => token,
      fetch: createOutgoingFetch(simulator.origin),
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      budget: budgetOf(worker),
      urgency: "background",
    });
    let calls = 0;
    for (; performance.now() < until; calls += 1) {
      await admin.request("query { shop { id } }", { schema, task: "bench" });
    }
    return calls;
  });
  return (await Promise.all(made)).reduce((sum, calls) => sum + calls, 0);
}

async function tokenOf(origin: string): Promise<string> {
  const host = { "x-simulated-host": SHOP };
  const consent = await fetch(`${origin}/admin/oauth/authorize`, {
    method: "POST",
    headers: host,
    body: new URLSearchParams({ client_id: APP.apiKey, redirect_uri: `${APP.appUrl}/` }),
    redirect: "manual",
  });
  const code = new URL(consent.headers.get("location") ?? "").searchParams.get("code");
  const answer = await fetch(`${origin}/admin/oauth/access_token`, {
    method: "POST",
    headers: { ...host, "content-type": "application/json" },
    body: JSON.stringify({ client_id: APP.apiKey, client_secret: APP.apiSecret, code }),
  });
  return z.object({ access_token: z.string() }).parse(await answer.json()).access_token;
}
