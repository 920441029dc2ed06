-- A bulk line is written once and read back once, whole: as json it is checked and kept as text,
-- while jsonb would be taken apart on the way in and put together again on the way out.
ALTER TABLE bulk_load.lines ALTER COLUMN body TYPE json USING body::json;

-- Orders are read in the order of their file, some hundred at a time.
CREATE INDEX lines_roots_idx ON bulk_load.lines (shop_id, operation_id, line_no)
WHERE parent_id IS NULL;

CREATE OR REPLACE FUNCTION core_warehouse.refresh_statistics() RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = ''
AS $$
BEGIN
  ANALYZE core_warehouse.orders, core_warehouse.order_sales, core_warehouse.transactions,
    core_warehouse.order_line_items, core_warehouse.refunds, staging_ingest.shopify_orders_raw,
    reporting.daily_shopify_metrics, bulk_load.lines;
END
$$;
