import type pg from "pg";
import { type BrokenOrder, type BrokenQuestion, brokenOrders } from "./broken-orders";

/**
 * Orders without edits whose OrderAgreement does not add up to `total_price` (metrics.md,
 * "Reconciliation", without the report).
 */
export async function brokenPlacedTotals(
  client: pg.ClientBase,
  question: BrokenQuestion,
): Promise<BrokenOrder[]> {
  const { rows } = await client.query(
    `SELECT o.order_id::text, o.name,
       to_char((o.processed_at AT TIME ZONE $2)::date, 'YYYY-MM-DD') AS day,
       trim_scale(coalesce(ledger.placed, 0))::text AS ledger,
       trim_scale(o.total_price)::text AS total
     FROM core_warehouse.orders AS o
     LEFT JOIN LATERAL (
       SELECT sum(s.total_amount) FILTER (WHERE s.agreement_type = 'OrderAgreement') AS placed,
         bool_or(s.agreement_type = 'OrderEditAgreement') AS edited
       FROM core_warehouse.order_sales AS s
       WHERE s.shop_id = o.shop_id AND s.order_id = o.order_id
     ) AS ledger ON true
     WHERE o.shop_id = $1 AND NOT o.test AND o.deleted_at IS NULL AND o.ledger_complete
       AND o.total_price IS NOT NULL
       AND (o.processed_at AT TIME ZONE $2)::date BETWEEN $3::date AND $4::date
       AND NOT coalesce(ledger.edited, false)
       AND coalesce(ledger.placed, 0) <> o.total_price
       AND o.order_id > $5
     ORDER BY o.order_id LIMIT $6`,
    [
      question.shopId,
      question.timezone,
      question.from,
      question.to,
      question.afterId,
      question.limit,
    ],
  );
  return brokenOrders(rows);
}
