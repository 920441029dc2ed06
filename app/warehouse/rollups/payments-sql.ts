import { dayScope } from "./day-scope";

/**
 * The money ledger by the day on which a transaction was processed: successful ones alone, cash
 * rounding included, change given back taken off what was received.
 */
export function paymentsByDay(all: boolean): string {
  const scope = dayScope("coalesce(t.processed_at, t.created_at)", all);
  const amount = "t.amount + coalesce(t.amount_rounding, 0)";
  return `
    SELECT ${scope.day} AS day, t.currency,
      coalesce(sum(CASE WHEN t.kind = 'CHANGE' THEN -(${amount}) ELSE ${amount} END)
        FILTER (WHERE t.kind IN ('SALE', 'CAPTURE', 'CHANGE')), 0) AS received,
      coalesce(sum(${amount}) FILTER (WHERE t.kind = 'REFUND'), 0) AS refunded
    FROM core_warehouse.transactions AS t
    JOIN core_warehouse.orders AS o ON o.shop_id = t.shop_id AND o.order_id = t.order_id
    ${scope.join}
    WHERE t.shop_id = $1 AND t.status = 'SUCCESS' AND NOT t.test
      AND t.kind IN ('SALE', 'CAPTURE', 'CHANGE', 'REFUND')
      AND coalesce(t.processed_at, t.created_at) IS NOT NULL AND t.currency IS NOT NULL
      AND NOT o.test AND o.deleted_at IS NULL
    GROUP BY 1, 2`;
}
