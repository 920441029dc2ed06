import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { byOrder, type Explained, type ExplainedRow, runExplain } from "../support/explain";
import { orderDocument, transactionDocument } from "../support/order-documents";

const folder = mkdtempSync(join(tmpdir(), "merit-explain-input-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const HUGE = "9007199254740993";
const AT = "2026-03-28T23:30:00Z";
/** One piece at 30.00 less 2.50 of discount with 4.39 of tax in it, paid. */
const PLAIN = orderDocument({
  id: 1,
  at: AT,
  customer: 7,
  agreements: [{ sales: [{ total: "27.50", tax: "4.39", discount: "2.10" }] }],
  transactions: [transactionDocument({ id: 1, kind: "SALE", amount: "27.50", at: AT })],
  extra: { id: `gid://shopify/Order/${HUGE}` },
});

const CONNECTIONS = ["agreements", "transactions", "lineItems", "refunds"];
function connected(wrap: (items: unknown[]) => object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(PLAIN).map(([key, value]) =>
      CONNECTIONS.includes(key) && Array.isArray(value) ? [key, wrap(value)] : [key, value],
    ),
  );
}

const REST = {
  id: HUGE,
  name: "#1",
  currency: "EUR",
  financial_status: "paid",
  total_price: "27.50",
  line_items: [{ id: 3, title: "x", quantity: 1, price: "30.00" }],
  refunds: [],
  transactions: [{ id: 1, kind: "sale", status: "success", amount: "27.50", currency: "EUR" }],
};

const PAYLOADS = [
  PLAIN,
  connected((items) => ({ edges: items.map((node) => ({ node })) })),
  { data: { order: connected((nodes) => ({ nodes })) } },
  { file: "f.json", path: "/order", order: { ...PLAIN, transactions: [{ kind: "SALE" }] } },
  // As a webhook writes it: the id is a number that no float holds.
  "REST",
  { id: "gid://shopify/Order/2" },
];

const inputText = () =>
  `\uFEFF${PAYLOADS.map((payload) =>
    payload === "REST" ? JSON.stringify(REST).replace(`"${HUGE}"`, HUGE) : JSON.stringify(payload),
  ).join("\r\n\r\n")}\r\n{"garbage\r\n{"hello":"world"}\r\n${JSON.stringify({
    ...PLAIN,
    totalPriceSet: { shopMoney: { amount: "a lot", currencyCode: "EUR" } },
  })}\r\n${JSON.stringify(orderDocument({ id: 9 }))}`;

const rowOf = (rows: ExplainedRow[] | undefined, table: string) =>
  rows?.find((row) => row.table === table)?.row;

describe("npm run explain", () => {
  let explained: Explained;
  let orders: ExplainedRow[][];
  beforeAll(async () => {
    const file = join(folder, "orders.jsonl");
    writeFileSync(file, inputText());
    explained = await runExplain(["order", file, "--timezone", "Europe/Berlin"]);
    orders = byOrder(explained.rows);
  });

  it("explains every good line, names the bad ones, fails, and leaves nothing behind", () => {
    expect(orders.map(([order]) => order?.row.order_id)).toEqual([
      ...[HUGE, HUGE, HUGE, HUGE, HUGE],
      "2",
      "9",
    ]);
    expect(explained.code).toBe(1);
    expect(explained.stderr).toMatch(/line 12: it is no JSON/);
    expect(explained.stderr).toMatch(/line 13: it holds no order/);
    expect(explained.stderr).toMatch(/line 14: Order .*totalPriceSet.*decimal/);
    expect(explained.left).toEqual([]);
  });

  it("makes the same rows of lists, edges and nodes", () => {
    const [lists, edges, nodes] = orders;
    expect(lists?.map(({ table }) => table)).toEqual(
      expect.arrayContaining(["transactions", "order_sales", "daily_shopify_metrics"]),
    );
    expect(edges).toEqual(lists);
    expect(nodes).toEqual(lists);
  });

  it("gives amounts and ids as the strings that are stored, instants in UTC, days of the shop", () => {
    const [first] = orders;
    expect(rowOf(first, "orders")).toMatchObject({
      order_id: HUGE,
      created_at: AT,
      total_price: "10.00",
      customer_id: "7",
      tags: [],
    });
    expect(rowOf(first, "transactions")).toMatchObject({
      transaction_id: "1",
      amount: "27.50",
      amount_rounding: null,
    });
    expect(rowOf(first, "order_sales")).toMatchObject({ total_amount: "27.50", quantity: 1 });
    expect(rowOf(first, "daily_shopify_metrics")).toMatchObject({
      day: "2026-03-29",
      gross_sales: "25.21",
      discounts: "2.10",
      taxes: "4.39",
      received: "27.50",
      orders: 1,
      new_customers: 1,
    });
  });

  it("shows children that were read without ids, their ids unknown", () => {
    const [row, ...more] = (orders[3] ?? []).filter(({ table }) => table === "transactions");
    expect(row?.row).toMatchObject({ transaction_id: null, order_id: HUGE, kind: "SALE" });
    expect(more).toEqual([]);
  });

  it("takes a REST-shaped body", () => {
    expect(rowOf(orders[4], "orders")).toMatchObject({
      display_financial_status: "PAID",
      total_price: "27.50",
      total_received: "27.50",
      total_refunded: "0",
      net_payment: "27.50",
      current_total_price: null,
      total_received_presentment: null,
    });
    expect(rowOf(orders[4], "order_line_items")).toMatchObject({ original_unit_price: "30.00" });
  });

  it("leaves null, never 0, what a payload does not hold", () => {
    const { order_id, test, ledger_complete, payload_hash, ...rest } =
      rowOf(orders[5], "orders") ?? {};
    expect(orders[5]).toHaveLength(1);
    expect({ order_id, test, ledger_complete }).toEqual({
      order_id: "2",
      test: false,
      ledger_complete: false,
    });
    expect(payload_hash).toMatch(/^[0-9a-f]{64}$/);
    expect(Object.keys(rest).length).toBeGreaterThan(50);
    expect(Object.entries(rest).filter(([, value]) => value !== null)).toEqual([]);
  });
});

describe("npm run explain on standard input", () => {
  it("stops when it is asked to, and takes its database with it", async () => {
    const { code, rows, left } = await runExplain(["order", "-"], {
      input: `${JSON.stringify(PLAIN)}\n`,
      signal: "SIGINT",
    });
    expect(rows.length).toBeGreaterThan(0);
    expect({ code, left }).toEqual({ code: 1, left: [] });
  });
});

describe("a wrong command line", () => {
  it.each([
    [["order"], /npm run --silent explain -- order FILE/],
    [["customer", "x"], /npm run --silent explain -- order FILE/],
    [["order", "x", "--currency", "euro"], /--currency takes a code/],
    [["order", "x", "--timezone", "Mars/Base"], /--timezone takes an IANA name/],
    [["order", "/no/such/file"], /no such file/],
  ])("%j is refused before any database is made", (args, message) => {
    const said = spawnSync(process.execPath, ["scripts/explain.mjs", ...args], {
      encoding: "utf8",
      env: { ...process.env, TMPDIR: "/no/such/folder" },
    });
    expect(said.stderr).toMatch(message);
    expect(said.stdout).toBe("");
    expect(said.status).toBe(1);
  });
});
