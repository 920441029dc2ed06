import type { RawOrder } from "~/connectors/shopify/order-schemas";
import type { SaleRow } from "~/warehouse/transforms/sale-rows";
import { transformOrder } from "~/warehouse/transforms/transform-order";
import { MONEY_FIGURES, salesByDay, type TruthOrder } from "../independent/sales-by-day";

type Figures = Record<string, string | number>;

const PAYMENTS = ["received", "refunded", "net_payments"];

/** The figures of an order by day, by the independent computation over its rows of the ledger. */
export function figuresByDay(order: RawOrder, zone: string): Record<string, Figures> {
  const truth = { ...(order as unknown as TruthOrder), transactions: [] };
  const days = [...salesByDay([truth], zone)].map(([day, figures]) => {
    const money = MONEY_FIGURES.filter((name) => !PAYMENTS.includes(name));
    const { units, units_returned, orders } = figures;
    const amounts = money.map((name) => [name, figures[name].toFixed()]);
    return [day, { ...Object.fromEntries(amounts), units, units_returned, orders }] as const;
  });
  return Object.fromEntries(days);
}

/** The order with the rows that the app makes of it without its ledger, in the ledger's place. */
export function withMadeLedger({ agreements: _ledger, ...order }: RawOrder): RawOrder {
  return { ...order, agreements: (transformOrder(order).sales ?? []).map(agreementOf) };
}

const bag = (amount: string | null) => ({ shopMoney: { amount: amount ?? "" } });

function agreementOf(row: SaleRow) {
  return {
    __typename: row.agreement_type,
    happenedAt: row.occurred_at,
    sales: [
      {
        actionType: row.action_type,
        lineType: row.line_type,
        quantity: row.quantity,
        totalAmount: bag(row.total_amount),
        totalTaxAmount: bag(row.total_tax_amount),
        totalDiscountAmountBeforeTaxes: bag(row.total_discount_before_taxes),
      },
    ],
  };
}
