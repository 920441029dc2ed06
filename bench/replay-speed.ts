import { once } from "node:events";
import { createWriteStream, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { parse } from "csv-parse/sync";
import { z } from "zod";
import { startShopifySimulator } from "../simulators/shopify/server";

/**
 * How fast a log of purchases becomes a shop and its bulk files (orders with lines, and the ledger),
 * held against a plain parse of the same file: `npx tsx bench/replay-speed.ts --rows 550000`.
 */
const { values } = parseArgs({ options: { rows: { type: "string", default: "550000" } } });
const ROWS = Number(values.rows);
const SHOP = "replayed.myshopify.com";
const APP = { apiKey: "bench-key", apiSecret: "bench-secret", appUrl: "http://127.0.0.1:9" };

const ORDERS =
  "{ orders(sortKey: CREATED_AT) { edges { node { id name createdAt processedAt updatedAt test totalPriceSet { shopMoney { amount currencyCode } } customer { id } lineItems { edges { node { id sku quantity originalTotalSet { shopMoney { amount } } } } } } } } }";
const LEDGER =
  "{ orders(sortKey: CREATED_AT) { edges { node { id agreements { edges { node { __typename id happenedAt reason sales { edges { node { __typename id actionType lineType quantity totalAmount { shopMoney { amount } } totalTaxAmount { shopMoney { amount } } } } } } } } } } } }";

/** About 20 lines an order, one row in fifty a refund days later, as in a wholesaler's year. */
async function writeLog(path: string): Promise<void> {
  const out = createWriteStream(path);
  out.write(
    "kind,order_id,at,customer_id,email,line_no,sku,title,quantity,unit_price,currency,refund_of\n",
  );
  const begin = Date.parse("2025-01-01T08:00:00Z");
  for (let row = 0; row < ROWS; row += 1) {
    const order = Math.floor(row / 20);
    const isRefund = row % 50 === 49;
    const at = new Date(begin + order * 1_000_000 + (isRefund ? 6 * 86_400_000 : 0)).toISOString();
    const sku = `S${(row * 7) % 3_000}`;
    const price = `${1 + (row % 40)}.${String(row % 100).padStart(2, "0")}`;
    const line = isRefund
      ? `refund,C${row},${at},K${order % 4_000},,1,S${((row - 1) * 7) % 3_000},,1,${price},GBP,O${order}`
      : `sale,O${order},${at},K${order % 4_000},,${row % 20},${sku},Thing ${sku},${1 + (row % 6)},${price},GBP,`;
    if (!out.write(`${line}\n`)) await once(out, "drain");
  }
  out.end();
  await finished(out);
}

/** The least that anybody must do with the file. */
function plainParse(path: string): number {
  const rows: string[][] = parse(readFileSync(path));
  return rows.length;
}

async function timed<T>(work: () => Promise<T> | T): Promise<{ seconds: number; result: T }> {
  const started = performance.now();
  const result = await work();
  return { seconds: (performance.now() - started) / 1000, result };
}

const operationSchema = z.object({
  status: z.string(),
  objectCount: z.string(),
  failure: z.string().nullable(),
});

async function bulk(origin: string, token: string, query: string): Promise<number> {
  const post = (path: string, body: unknown) =>
    fetch(`${origin}${path}`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-simulated-host": SHOP,
        "x-shopify-access-token": token,
      },
      body: JSON.stringify(body),
    });
  await post("/admin/api/2026-01/graphql.json", {
    query:
      "mutation($query: String!) { bulkOperationRunQuery(query: $query) { userErrors { message } } }",
    variables: { query },
  });
  for (;;) {
    const answer = await fetch(`${origin}/_sim/shops/${SHOP}/bulk-operations`);
    const { operations } = z
      .object({ operations: z.array(operationSchema) })
      .parse(await answer.json());
    const last = operations.at(-1);
    if (last?.status === "COMPLETED") return Number(last.objectCount);
    if (last?.status === "FAILED") throw new Error(last.failure ?? "failed");
    await sleep(100);
  }
}

async function tokenOf(origin: string): Promise<string> {
  const parameters = { client_id: APP.apiKey, redirect_uri: `${APP.appUrl}/` };
  const host = { "x-simulated-host": SHOP };
  const consent = await fetch(`${origin}/admin/oauth/authorize`, {
    method: "POST",
    headers: host,
    body: new URLSearchParams(parameters),
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

const csv = join(mkdtempSync(join(tmpdir(), "replay-speed-")), "log.csv");
await writeLog(csv);
const plain = await timed(() => plainParse(csv));
const opened = await timed(() =>
  startShopifySimulator({
    ...APP,
    port: 0,
    stores: [{ kind: "replayed", options: { csv, domain: SHOP } }],
    pacing: { bulkStartMs: 0, bulkRunMs: 0 },
    report: (message) => console.error(message),
  }),
);
const { origin } = opened.result;
const token = await tokenOf(origin);
const orders = await timed(() => bulk(origin, token, ORDERS));
const ledger = await timed(() => bulk(origin, token, LEDGER));
await opened.result.stop();
const total = opened.seconds + orders.seconds + ledger.seconds;
const rate = (seconds: number) => Math.round(ROWS / seconds);
console.log(`rows ${ROWS}, objects ${orders.result} + ${ledger.result}`);
console.log(`plain parse ${plain.seconds.toFixed(2)} s (${rate(plain.seconds)} rows/s)`);
console.log(
  `store ${opened.seconds.toFixed(1)} s, orders ${orders.seconds.toFixed(1)} s, ledger ${ledger.seconds.toFixed(1)} s`,
);
console.log(`together ${total.toFixed(1)} s (${rate(total)} rows/s)`);
console.log(`ratio ${(total / plain.seconds).toFixed(1)} times the plain parse`);
console.log(`memory ${Math.round(process.memoryUsage().rss / 2 ** 20)} MB`);
