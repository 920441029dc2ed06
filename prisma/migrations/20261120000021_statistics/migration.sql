-- After a backfill the planner must know the new rows at once: autovacuum comes a minute later, and
-- a plan made for empty tables turns a page's question into minutes. ANALYZE wants the owner.
CREATE FUNCTION core_warehouse.refresh_statistics() RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = ''
AS $$
BEGIN
  ANALYZE core_warehouse.orders, core_warehouse.order_sales, core_warehouse.transactions,
    core_warehouse.order_line_items, core_warehouse.refunds, staging_ingest.shopify_orders_raw,
    reporting.daily_shopify_metrics;
END
$$;
REVOKE ALL ON FUNCTION core_warehouse.refresh_statistics() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core_warehouse.refresh_statistics() TO merit_worker;
