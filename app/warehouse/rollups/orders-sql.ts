import { dayScope } from "./day-scope";

/**
 * Orders and buyers by the day of `processedAt`. A buyer is new on the day of the first counted
 * order and returning on every later day with an order. $4 says whether the stored history is
 * whole: where it is cut, `customerOrderIndex` above 1 tells that an earlier order exists.
 */
export function ordersByDay(all: boolean): string {
  const scope = dayScope("o.processed_at", all);
  return `
    WITH placed AS (
      SELECT ${scope.day} AS day, o.currency, o.customer_key
      FROM core_warehouse.orders AS o
      ${scope.join}
      WHERE o.shop_id = $1 AND NOT o.test AND o.deleted_at IS NULL
        AND o.processed_at IS NOT NULL AND o.currency IS NOT NULL
    ), first_orders AS (
      SELECT DISTINCT ON (o.customer_key) o.customer_key,
        (o.processed_at AT TIME ZONE $2)::date AS day,
        NOT $4::boolean AND coalesce(o.customer_order_index, 1) > 1 AS had_earlier
      FROM core_warehouse.orders AS o
      WHERE o.shop_id = $1 AND NOT o.test AND o.deleted_at IS NULL AND o.processed_at IS NOT NULL
        AND o.customer_key IN (SELECT customer_key FROM placed)
      ORDER BY o.customer_key, o.processed_at, o.order_id
    )
    SELECT placed.day, placed.currency,
      count(*)::int AS orders,
      count(DISTINCT placed.customer_key)
        FILTER (WHERE first.day = placed.day AND NOT first.had_earlier)::int AS new_customers,
      count(DISTINCT placed.customer_key)
        FILTER (WHERE first.day < placed.day OR first.had_earlier)::int AS returning_customers,
      count(*) FILTER (WHERE placed.customer_key IS NULL)::int AS unknown_customers
    FROM placed
    LEFT JOIN first_orders AS first ON first.customer_key = placed.customer_key
    GROUP BY 1, 2`;
}
