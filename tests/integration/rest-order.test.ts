import Big from "big.js";
import { describe, expect, it } from "vitest";
import { restOrder } from "~/connectors/shopify/rest-order";
import { parseExactJson } from "~/lib/exact-json";
import { transformOrder } from "~/warehouse/transforms/transform-order";
import { restContext } from "../../simulators/shopify/rest/context";
import { restOrder as webhookBody } from "../../simulators/shopify/rest/order";
import { restTransaction } from "../../simulators/shopify/rest/payments";
import { generateStore } from "../../simulators/shopify/store";

const STORES = [
  { seed: 1, currency: "EUR", ianaTimezone: "Europe/Berlin" },
  { seed: 2, currency: "JPY", ianaTimezone: "Asia/Tokyo" },
  { seed: 3, currency: "USD", ianaTimezone: "America/New_York" },
];
const DECIMAL = /^-?\d+(\.\d+)?$/;
const INSTANT = /^\d{4}-\d\d-\d\dT/;

type Row = Record<string, unknown>;

/** Every order of a store as its webhook body and as its GraphQL document, both as text says them. */
function ordersOf(store: (typeof STORES)[number]) {
  const made = generateStore({
    ...store,
    orders: 400,
    days: 120,
    now: new Date("2026-06-30T12:00:00Z"),
    domain: "rest.myshopify.com",
    plan: "plus",
  });
  return made.heads.flatMap(({ id }) => {
    const record = made.records?.order(id);
    const node = made.node(id);
    if (!record || !node) return [];
    const body = webhookBody(made.shop, record);
    const context = restContext(made.shop, record);
    const transactions = record.transactions.map((one) => restTransaction(context, one));
    return [{ node, body, foreign: record.presentment !== null, transactions }];
  });
}

const adapted = (body: object) =>
  transformOrder(
    restOrder(
      parseExactJson(JSON.stringify(body), { decimals: "text" }) as Record<string, unknown>,
    ),
  );

/** Amounts by value, instants by moment: REST writes decimals and offsets in its own way. */
function comparable(value: unknown): unknown {
  if (typeof value !== "string") return value;
  if (DECIMAL.test(value)) return new Big(value).toFixed();
  return INSTANT.test(value) ? Date.parse(value) : value;
}

/** Only the ledger makes the one; the stand-in's documents name no app, as its bodies do. */
const NOT_COMPARED = new Set(["ledger_complete", "app_id"]);

/** Holds each column that the body held against the document's; tells which columns those were. */
function expectSame(rest: Row, graphql: Row | undefined, seen: Set<string>, what: string): void {
  for (const [column, value] of Object.entries(rest)) {
    if (value === null || NOT_COMPARED.has(column)) continue;
    // REST calls pending what GraphQL leaves without a status.
    if (value === "PENDING" && graphql?.[column] === null) continue;
    seen.add(column);
    expect(comparable(value), `${what}: ${column}`).toEqual(comparable(graphql?.[column]));
  }
}

describe.each(STORES)("webhook bodies of a store in $currency", (store) => {
  const orders = ordersOf(store);

  it("become the columns that the GraphQL documents of the same orders become", () => {
    const seen = { order: new Set<string>(), line: new Set<string>(), refund: new Set<string>() };
    for (const { node, body } of orders) {
      const rest = adapted(body);
      const graphql = transformOrder(node);
      const name = String(node.name);
      expectSame(rest.order, graphql.order, seen.order, name);
      expect(rest.lineItems?.length).toBe(graphql.lineItems?.length);
      expect(rest.refunds?.length).toBe(graphql.refunds?.length);
      for (const [i, line] of (rest.lineItems ?? []).entries()) {
        expectSame(line, graphql.lineItems?.[i], seen.line, name);
      }
      for (const [i, refund] of (rest.refunds ?? []).entries()) {
        expectSame(refund, graphql.refunds?.[i], seen.refund, name);
      }
      expect(rest.transactions, "refunds alone are not an order's transactions").toBeNull();
      expect(rest.order.total_received).toBeNull();
    }
    for (const column of COLUMNS) expect(seen.order, column).toContain(column);
    expect(seen.line).toContain("original_unit_price_presentment");
    expect(seen.refund).toContain("total_refunded");
  });

  it("with their transactions state what was received, refunded and kept", () => {
    const seen = new Set<string>();
    for (const { node, body, foreign, transactions } of orders) {
      const rest = adapted({ ...body, transactions });
      const graphql = transformOrder(node);
      expect(rest.transactions?.length).toBe(graphql.transactions?.length);
      for (const [i, transaction] of (rest.transactions ?? []).entries()) {
        const other = graphql.transactions?.[i];
        expect(transaction).toMatchObject({ kind: other?.kind, status: other?.status });
        expect(comparable(transaction.amount)).toBe(foreign ? null : comparable(other?.amount));
        expect(comparable(transaction.amount_presentment)).toBe(
          comparable(other?.amount_presentment),
        );
      }
      if (foreign && transactions.length > 0) continue;
      expectSame(rest.order, graphql.order, seen, String(node.name));
      expect(rest.order.net_payment).not.toBeNull();
    }
    expect([...seen]).toEqual(
      expect.arrayContaining(["total_received", "total_refunded", "net_payment"]),
    );
  });
});

/** What a webhook body must not lose. */
const COLUMNS = [
  "name",
  "created_at",
  "processed_at",
  "cancelled_at",
  "cancel_reason",
  "currency",
  "presentment_currency",
  "display_financial_status",
  "display_fulfillment_status",
  "source_name",
  "tags",
  "discount_codes",
  "payment_gateway_names",
  "customer_id",
  "email",
  "shipping_country_code",
  "landing_page",
  "utm_source",
  "total_price",
  "total_price_presentment",
  "current_total_price",
  "subtotal_price",
  "total_tax",
  "total_discounts",
  "total_shipping_price",
  "total_outstanding",
  "total_refunded",
];
