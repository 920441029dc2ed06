import { describe, expect, it } from "vitest";
import type { SaleRow } from "~/warehouse/transforms/sale-rows";
import { transformOrder } from "~/warehouse/transforms/transform-order";
import { generateStore, type OrderNode } from "../../simulators/shopify/store";
import { salesByDay, type TruthOrder } from "../independent/sales-by-day";

const STORES = [
  { seed: 11, currency: "USD", ianaTimezone: "America/New_York" },
  { seed: 12, currency: "EUR", ianaTimezone: "Europe/Berlin" },
  { seed: 13, currency: "JPY", ianaTimezone: "Asia/Tokyo" },
];

describe.each(STORES)("orders of a store in $currency without their ledgers", (store) => {
  const made = generateStore({
    ...store,
    orders: 1_500,
    days: 200,
    now: new Date("2026-11-20T12:00:00Z"),
    domain: "ledgerless.myshopify.com",
    plan: "plus",
    unknownRows: true,
  });
  const nodes = made.heads.map(({ id }) => made.node(id)).filter((node) => node !== null);
  const days = (order: TruthOrder) =>
    written(salesByDay([{ ...order, transactions: [] }], store.ianaTimezone));

  it("give the ledger's figures to the cent on every day", () => {
    const whole = nodes.filter((node) => !isEdited(node));
    expect(whole.length).toBeGreaterThan(1_300);
    for (const node of whole) {
      expect(days(withoutLedger(node)), String(node.name)).toEqual(days(truth(node)));
    }
  });
});

const truth = (node: OrderNode) => node as unknown as TruthOrder;

const isEdited = (node: OrderNode) =>
  truth(node).agreements.some(({ __typename }) => __typename === "OrderEditAgreement");

/** The order with the rows that the app makes of it without a ledger, in the ledger's place. */
function withoutLedger({ agreements: _ledger, ...order }: OrderNode): TruthOrder {
  const { sales } = transformOrder(order as OrderNode);
  return { ...(order as unknown as TruthOrder), agreements: (sales ?? []).map(agreementOf) };
}

const bag = (amount: string) => ({ shopMoney: { amount } });

function agreementOf(row: SaleRow): TruthOrder["agreements"][number] {
  return {
    __typename: row.agreement_type,
    happenedAt: row.occurred_at,
    sales: [
      {
        actionType: row.action_type,
        lineType: row.line_type,
        quantity: row.quantity,
        totalAmount: bag(row.total_amount ?? ""),
        totalTaxAmount: bag(row.total_tax_amount ?? ""),
        totalDiscountAmountBeforeTaxes: bag(row.total_discount_before_taxes ?? ""),
      },
    ],
  };
}

const written = (days: ReturnType<typeof salesByDay>) =>
  Object.fromEntries(
    [...days].map(([day, figures]) => [
      day,
      Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, String(value)])),
    ]),
  );
