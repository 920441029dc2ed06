import Big from "big.js";
import { describe, expect, it } from "vitest";
import type { RawOrder } from "~/connectors/shopify/order-schemas";
import { restOrder } from "~/connectors/shopify/rest-order";
import { parseExactJson } from "~/lib/exact-json";
import { transformOrder } from "~/warehouse/transforms/transform-order";
import { restOrder as webhookBody } from "../../simulators/shopify/rest/order";
import { generateStore, type OrderNode } from "../../simulators/shopify/store";
import { figuresByDay, withMadeLedger } from "../support/without-ledger";

const STORES = [
  { seed: 11, currency: "USD", ianaTimezone: "America/New_York" },
  { seed: 12, currency: "EUR", ianaTimezone: "Europe/Berlin" },
  { seed: 13, currency: "JPY", ianaTimezone: "Asia/Tokyo" },
];

interface Agreement {
  __typename: string;
  sales: { lineType: string; actionType: string }[];
}
const agreementsOf = (order: RawOrder) => order.agreements as Agreement[];
const isEdited = (order: RawOrder) =>
  agreementsOf(order).some(({ __typename }) => __typename === "OrderEditAgreement");
const hasRow = (order: RawOrder, type: string) =>
  agreementsOf(order).some(({ sales }) => sales.some(({ lineType }) => lineType === type));

/** Sums over all days. */
function totalsOf(days: ReturnType<typeof figuresByDay>): Record<string, string> {
  const names = new Set(Object.values(days).flatMap((figures) => Object.keys(figures)));
  return Object.fromEntries(
    [...names].map((name) => [
      name,
      Object.values(days)
        .reduce((sum, figures) => sum.plus(figures[name] ?? 0), new Big(0))
        .toFixed(),
    ]),
  );
}

describe.each(STORES)("orders of a store in $currency without their ledgers", (store) => {
  const zone = store.ianaTimezone;
  const made = generateStore({
    ...store,
    orders: 900,
    days: 200,
    now: new Date("2026-11-20T12:00:00Z"),
    domain: "without-ledger.myshopify.com",
    plan: "plus",
    unknownRows: true,
  });
  const nodes = made.heads.map(({ id }) => made.node(id)).filter((node) => node !== null);
  const edited = nodes.filter(isEdited);
  const untouched = nodes.filter((node) => !isEdited(node));
  const bodyOf = (node: OrderNode): RawOrder => {
    const id = String(node.id).split("/").at(-1);
    const record = made.records?.order(Number(id));
    if (!record) throw new Error(`No record of order ${id}`);
    const text = JSON.stringify(webhookBody(made.shop, record));
    return restOrder(parseExactJson(text, { decimals: "text" }) as Record<string, unknown>);
  };

  it("have the ledger's figures to the cent on every day", () => {
    for (const type of ["GIFT_CARD", "TIP", "SHIPPING", "FEE", "ADJUSTMENT", "UNKNOWN"]) {
      expect(
        untouched.some((node) => hasRow(node, type)),
        type,
      ).toBe(true);
    }
    for (const node of untouched) {
      const figures = figuresByDay(withMadeLedger(node), zone);
      expect(figures, String(node.name)).toEqual(figuresByDay(node, zone));
    }
  });

  /**
   * A payload does not tell when an order was edited, nor which line was there from the beginning:
   * what the edit sold, took off and cut in price stands on the day of the order. What can be known
   * are the sums. Here the stand-in leaves a line's taxes as sold when its price is cut, so what is
   * tax of the cut comes from the order's own total: as such where taxes are on top, and as
   * unclassified where prices include them.
   */
  it("have the ledger's sums where they were edited, on the day of the order", () => {
    expect(edited.length).toBeGreaterThan(15);
    for (const node of edited) {
      const made = totalsOf(figuresByDay(withMadeLedger(node), zone));
      const truth = totalsOf(figuresByDay(node, zone));
      const { placed_sales: _made, unclassified, ...sums } = made;
      const { placed_sales: _truth, unclassified: unknown, ...expected } = truth;
      const off = new Big(unclassified ?? 0).minus(unknown ?? 0);
      expect(sums.taxes, String(node.name)).toBe(expected.taxes);
      expect(new Big(sums.total_sales ?? 0).plus(off).eq(expected.total_sales ?? 0)).toBe(true);
      if (off.eq(0)) expect(sums, String(node.name)).toEqual(expected);
      else expect(node.taxesIncluded).toBe(true);
    }
  });

  it("come to the totals that they state, line by line known or not", () => {
    for (const node of nodes) {
      for (const order of [node, bodyOf(node)]) {
        const { agreements: _ledger, ...without } = order;
        const { sales, order: row } = transformOrder(without);
        const sum = (rows: NonNullable<typeof sales>) =>
          rows.reduce((all, { total_amount }) => all.plus(total_amount ?? 0), new Big(0)).toFixed();
        const placed = sales?.filter((one) => one.agreement_type === "OrderAgreement") ?? [];
        const kept = sales?.filter((one) => one.line_type !== "ADJUSTMENT") ?? [];
        expect(sum(placed), String(node.name)).toBe(new Big(row.total_price ?? -1).toFixed());
        expect(sum(kept)).toBe(new Big(row.current_total_price ?? -1).toFixed());
        expect(row.ledger_complete).toBe(false);
        const ids = (sales ?? []).map(({ sale_id }) => sale_id);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids.every((id) => BigInt(id) < 0n)).toBe(true);
      }
    }
  });

  /** A webhook body says nothing of the fees of a return: they come out as unclassified. */
  it("have the same figures as webhook bodies, but for return fees", () => {
    const without = untouched.filter((node) => !hasRow(node, "FEE"));
    for (const node of without) {
      const figures = figuresByDay(withMadeLedger(bodyOf(node)), zone);
      expect(figures, String(node.name)).toEqual(figuresByDay(node, zone));
    }
    const fee = untouched.find((node) => hasRow(node, "FEE"));
    if (!fee) throw new Error("No order with a return fee");
    const truth = totalsOf(figuresByDay(fee, zone));
    const fromBody = totalsOf(figuresByDay(withMadeLedger(bodyOf(fee)), zone));
    expect(fromBody.unclassified).toBe(truth.return_fees);
    expect(fromBody.net_sales).toBe(truth.net_sales);
  });
});
