import type pg from "pg";
import { shopDay } from "~/lib/time";
import {
  add,
  bookPayment,
  bookSale,
  type DayFigures,
  derive,
  type Payment,
  type Sale,
} from "./day-figures";
import { peopleByDay, type Visit } from "./people";

const CHUNK = 1_000;

interface OrderFact {
  order_id: string;
  processed_at: Date | null;
  currency: string | null;
  customer_key: string | null;
  customer_order_index: number | null;
}
type SaleFact = Sale & { occurred_at: Date; currency: string };
type PaymentFact = Payment & { at: Date; currency: string };

/**
 * Every day's figures by `day currency`, computed from the facts in plain code that shares nothing
 * with the rollup's SQL. Test orders and deleted ones count nowhere.
 */
export async function recomputeDays(
  client: pg.ClientBase,
  shopId: string,
  { timezone, wholeHistory }: { timezone: string; wholeHistory: boolean },
): Promise<Map<string, DayFigures>> {
  const days = new Map<string, DayFigures>();
  const figuresOf = (at: Date, currency: string) => {
    const key = `${shopDay(at, timezone)} ${currency}`;
    const figures = days.get(key) ?? {};
    days.set(key, figures);
    return figures;
  };
  const visits: Visit[] = [];
  for await (const { orders, sales, payments } of factsOf(client, shopId)) {
    for (const order of orders) {
      if (order.processed_at === null) continue;
      visits.push(visitOf(order, order.processed_at, timezone));
      if (order.currency === null) continue;
      const figures = figuresOf(order.processed_at, order.currency);
      add(figures, "orders", 1);
      if (order.customer_key === null) add(figures, "unknown_customers", 1);
    }
    for (const sale of sales) bookSale(figuresOf(sale.occurred_at, sale.currency), sale);
    for (const payment of payments) bookPayment(figuresOf(payment.at, payment.currency), payment);
  }
  for (const [key, people] of peopleByDay(visits, wholeHistory)) {
    const figures = days.get(key) ?? {};
    add(figures, "new_customers", people.newCustomers.size);
    add(figures, "returning_customers", people.returningCustomers.size);
  }
  for (const figures of days.values()) derive(figures);
  return days;
}

function visitOf(order: OrderFact, at: Date, timezone: string): Visit {
  return {
    orderId: BigInt(order.order_id),
    at,
    day: shopDay(at, timezone),
    currency: order.currency,
    person: order.customer_key,
    orderIndex: order.customer_order_index,
  };
}

/** The facts of counted orders, some orders at a time. */
async function* factsOf(client: pg.ClientBase, shopId: string) {
  let last = "0";
  for (;;) {
    const { rows: orders } = await client.query<OrderFact>(
      `SELECT o.order_id::text, processed_at, currency, customer_key, customer_order_index
       FROM core_warehouse.orders AS o
       WHERE shop_id = $1 AND order_id > $2 AND NOT test AND deleted_at IS NULL
       ORDER BY o.order_id LIMIT ${CHUNK}`,
      [shopId, last],
    );
    const newest = orders.at(-1);
    if (!newest) return;
    last = newest.order_id;
    const ids = orders.map(({ order_id }) => order_id);
    const { rows: sales } = await client.query<SaleFact>(
      `SELECT occurred_at, currency, agreement_type, action_type, line_type, quantity,
         total_amount::text, total_tax_amount::text, total_discount_before_taxes::text
       FROM core_warehouse.order_sales WHERE shop_id = $1 AND order_id = ANY ($2::bigint[])`,
      [shopId, ids],
    );
    const { rows: payments } = await client.query<PaymentFact>(
      `SELECT coalesce(processed_at, created_at) AS at, currency, kind, amount::text,
         amount_rounding::text
       FROM core_warehouse.transactions
       WHERE shop_id = $1 AND order_id = ANY ($2::bigint[]) AND status = 'SUCCESS' AND NOT test
         AND kind IN ('SALE', 'CAPTURE', 'CHANGE', 'REFUND') AND currency IS NOT NULL
         AND amount IS NOT NULL AND coalesce(processed_at, created_at) IS NOT NULL`,
      [shopId, ids],
    );
    yield { orders, sales, payments };
  }
}
