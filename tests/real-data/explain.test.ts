import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import Big from "big.js";
import { parse } from "csv-parse/sync";
import { beforeAll, describe, expect, it } from "vitest";
import { byOrder, type ExplainedRow, runExplain } from "../support/explain";
import { recordedText, recordingsAreThere } from "./recordings";

const there = recordingsAreThere("explain against the totals that Shopify itself states");
const SNAPSHOTS = "../shared/data/shopify-recorded/order_snapshots.jsonl";
const REST = resolve("../shared/data/shopify-rest-recorded/recorded_responses.json");

/** The columns of `orders` that state what a column of the expectations does. */
const COLUMNS: Readonly<Record<string, string>> = {
  name: "name",
  displayFinancialStatus: "display_financial_status",
  displayFulfillmentStatus: "display_fulfillment_status",
  cancelledAt: "cancelled_at",
  currency: "currency",
  totalPriceSet: "total_price",
  currentTotalPriceSet: "current_total_price",
  subtotalPriceSet: "subtotal_price",
  currentSubtotalPriceSet: "current_subtotal_price",
  totalTaxSet: "total_tax",
  currentTotalTaxSet: "current_total_tax",
  totalDiscountsSet: "total_discounts",
  currentTotalDiscountsSet: "current_total_discounts",
  totalShippingPriceSet: "total_shipping_price",
  totalReceivedSet: "total_received",
  totalRefundedSet: "total_refunded",
  netPaymentSet: "net_payment",
  totalOutstandingSet: "total_outstanding",
  totalCapturableSet: "total_capturable",
};
/** Said about the order by other means than a column of its own. */
const OTHERS = ["order_id", "n_transactions", "n_refunds", "multi_currency", "file", "path"];

const rowsOf = (rows: readonly ExplainedRow[], table: string) =>
  rows.filter((row) => row.table === table).map(({ row }) => row);

describe.skipIf(!there)("explain", () => {
  let expectations: Record<string, string>[];
  let explained: ExplainedRow[][];
  beforeAll(async () => {
    expectations = parse(recordedText("order_expectations.csv"), { columns: true });
    const { code, rows, left } = await runExplain(["order", SNAPSHOTS]);
    expect({ code, left }).toEqual({ code: 0, left: [] });
    explained = byOrder(rows);
  });

  it("knows every column of the expectations", () => {
    expect(Object.keys(expectations[0] ?? {}).sort()).toEqual(
      [...Object.keys(COLUMNS), ...OTHERS].sort(),
    );
    expect(explained).toHaveLength(46);
    expect(expectations).toHaveLength(46);
  });

  it("gives what Shopify states, and null where a recording states nothing", () => {
    for (const [index, expected] of expectations.entries()) {
      const [order] = rowsOf(explained[index] ?? [], "orders");
      const where = `${expected.file} ${expected.path}`;
      expect(`gid://shopify/Order/${order?.order_id}`, where).toBe(expected.order_id);
      for (const [name, column] of Object.entries(COLUMNS)) {
        const stated = expected[name] === "" ? null : expected[name];
        const given = order?.[column];
        if (typeof given === "string" && /^-?[\d.]+$/.test(stated ?? "")) {
          expect(new Big(given).eq(stated ?? ""), `${where}: ${column} ${given} ${stated}`).toBe(
            true,
          );
        } else {
          expect(given, `${where}: ${column}`).toBe(stated);
        }
      }
    }
  });

  it("gives as many transactions and refunds, and both currencies where there are two", () => {
    for (const [index, expected] of expectations.entries()) {
      const rows = explained[index] ?? [];
      expect(rowsOf(rows, "transactions")).toHaveLength(Number(expected.n_transactions));
      expect(rowsOf(rows, "refunds")).toHaveLength(Number(expected.n_refunds));
      const differ = rows.flatMap(({ row }) =>
        Object.keys(row).filter(
          (key) => row[`${key}_presentment`] != null && row[`${key}_presentment`] !== row[key],
        ),
      );
      if (expected.multi_currency === "1") expect(differ).not.toEqual([]);
    }
  });

  it("reads each transaction's own two amounts, not the order's rate", () => {
    const amounts = explained.flatMap((rows) =>
      rowsOf(rows, "transactions").map((row) => [row.amount, row.amount_presentment]),
    );
    expect(amounts).toContainEqual(["12.77", "9.0"]);
    expect(amounts).toContainEqual(["10.0", "7.0"]);
  });

  it("gives the recorded REST order: received 470, refunded 150, net 320 EUR", async () => {
    const answers: { cassette: string; body: Record<string, unknown> }[] = JSON.parse(
      readFileSync(REST, "utf8"),
    );
    const recorded = answers.filter(({ cassette }) => cassette === "order_with_refund");
    const order = recorded.find(({ body }) => body.order)?.body.order as object;
    const transactions = recorded.find(({ body }) => body.transactions)?.body.transactions;
    const { code, rows } = await runExplain(["order", "-"], {
      input: `${JSON.stringify({ ...order, transactions })}\n${JSON.stringify({ order })}\n`,
    });
    expect(code).toBe(0);
    const [whole = [], alone = []] = byOrder(rows);
    expect(rowsOf(whole, "orders")).toMatchObject([
      {
        order_id: "5182437124",
        currency: "EUR",
        test: true,
        display_financial_status: "PARTIALLY_REFUNDED",
        created_at: "2017-06-15T15:52:28Z",
        total_price: "470.00",
        total_received: "470.00",
        total_refunded: "150.00",
        net_payment: "320.00",
        total_received_presentment: null,
        current_total_price: null,
      },
    ]);
    expect(rowsOf(whole, "transactions").map(({ kind, amount }) => [kind, amount])).toEqual([
      ["AUTHORIZATION", "470.00"],
      ["CAPTURE", "470.00"],
      ["REFUND", "150.00"],
    ]);
    expect(rowsOf(alone, "orders")).toMatchObject([
      { total_received: null, total_refunded: "150.00", net_payment: null },
    ]);
  });

  /**
   * The REST order's sales, by hand: 3 × 150.00 and 5 × 0.00, nothing off, no taxes (in the prices or
   * out of them), shipping 20.00: 470.00 on the day it was placed. One of the three came back for
   * 150.00 on 7 October. A recorded test order counts on no day, so here it is told that it is none.
   */
  it("gives the recorded REST order's sales by day, made of its lines and its refund", async () => {
    const answers: { cassette: string; body: { order?: object } }[] = JSON.parse(
      readFileSync(REST, "utf8"),
    );
    const recorded = answers.find(
      ({ cassette, body }) => cassette === "order_with_refund" && body.order,
    );
    const { code, rows } = await runExplain(["order", "-", "--timezone", "Europe/Berlin"], {
      input: `${JSON.stringify({ ...recorded?.body.order, test: false })}\n`,
    });
    expect(code).toBe(0);
    expect(rowsOf(rows, "orders")).toMatchObject([{ ledger_complete: false }]);
    const figuresOf = (row: Record<string, unknown>) =>
      ["day", "orders", "units", "units_returned", "gross_sales", "discounts", "returns"]
        .concat(["net_sales", "shipping", "taxes", "total_sales", "unclassified"])
        .map((name) => (name === "day" ? row.day : Number(row[name])));
    expect(rowsOf(rows, "daily_shopify_metrics").map(figuresOf)).toEqual([
      ["2017-06-15", 1, 8, 0, 450, 0, 0, 450, 20, 0, 470, 0],
      ["2017-10-07", 0, 0, 1, 0, 0, 150, -150, 0, 0, -150, 0],
    ]);
  });

  /**
   * Hardly a recorded GraphQL order says when it was placed, and then no day has its sales. Given a
   * day, those that hold their lines' prices come to the totals that Shopify states, and where lines,
   * taxes and shipping were all recorded nothing is left unclassified.
   */
  it("gives recorded GraphQL orders sales that come to Shopify's own totals", async () => {
    expect(explained.flatMap((rows) => rowsOf(rows, "order_sales"))).toEqual([]);
    const input = recordedText("order_snapshots.jsonl")
      .split("\n")
      .filter((line) => line.trim() !== "")
      .map((line) => {
        const { order } = JSON.parse(line) as { order: object };
        return JSON.stringify({ ...order, processedAt: "2025-06-01T12:00:00Z" });
      });
    const { code, rows } = await runExplain(["order", "-"], { input: `${input.join("\n")}\n` });
    expect(code).toBe(0);
    let classified = 0;
    for (const one of byOrder(rows)) {
      const [order] = rowsOf(one, "orders");
      const sales = rowsOf(one, "order_sales");
      if (sales.length === 0) continue;
      const sum = (some: typeof sales) =>
        some.reduce((all, row) => all.plus(String(row.total_amount)), new Big(0)).toFixed();
      const placed = sales.filter((row) => row.agreement_type === "OrderAgreement");
      if (order?.total_price != null) {
        expect(sum(placed)).toBe(new Big(String(order.total_price)).toFixed());
      }
      if (order?.current_total_price != null) {
        expect(sum(sales)).toBe(new Big(String(order.current_total_price)).toFixed());
      }
      if (sales.every((row) => row.line_type !== "UNKNOWN")) classified += 1;
    }
    expect(classified).toBeGreaterThanOrEqual(5);
  });
});
