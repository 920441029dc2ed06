-- What webhooks tell: which things of a shop changed and have to be read again, and which orders
-- Shopify deleted. A webhook is a signal: its order of arrival and its content decide nothing.

-- One mark a thing, however many webhooks name it. Reading takes the mark away only if nobody marked
-- the thing again meanwhile (marked_at).
CREATE TABLE "staging_ingest"."shopify_dirty" (
    "shop_id" TEXT NOT NULL,
    "resource" TEXT NOT NULL,
    "id" BIGINT NOT NULL,
    "deleted" BOOLEAN NOT NULL DEFAULT false,
    "marked_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "shopify_dirty_pkey" PRIMARY KEY ("shop_id","resource","id")
);
CREATE INDEX "shopify_dirty_shop_id_marked_at_idx" ON "staging_ingest"."shopify_dirty"("shop_id", "marked_at");
ALTER TABLE staging_ingest.shopify_dirty ADD CONSTRAINT shopify_dirty_resource_check
  CHECK (resource IN ('ORDER', 'SHOP'));

-- Orders that Shopify deleted. A tombstone outlives whatever still brings the order: a bulk file that
-- was written before, or a rebuild from raw.
CREATE TABLE "staging_ingest"."shopify_orders_deleted" (
    "shop_id" TEXT NOT NULL,
    "order_id" BIGINT NOT NULL,
    "deleted_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "shopify_orders_deleted_pkey" PRIMARY KEY ("shop_id","order_id")
);

-- One order, by the name that people know it by.
CREATE INDEX "orders_shop_id_name_idx" ON "core_warehouse"."orders"("shop_id", "name");

-- Deliveries of one event under several ids count once.
CREATE UNIQUE INDEX shopify_webhooks_raw_event_key
  ON staging_ingest.shopify_webhooks_raw (shop_id, topic, event_id) WHERE event_id IS NOT NULL;

DO $$
DECLARE
  tenant_table regclass;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY[
    'staging_ingest.shopify_dirty', 'staging_ingest.shopify_orders_deleted'
  ]::regclass[] LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format(
      'CREATE POLICY visible_shops ON %s TO merit_web, merit_worker
         USING (shop_id = ANY ((SELECT app_dashboard.visible_shop_ids())::text[]))',
      tenant_table
    );
  END LOOP;
END
$$;
GRANT SELECT, INSERT, UPDATE ON staging_ingest.shopify_dirty TO merit_web;
GRANT SELECT, INSERT, UPDATE, DELETE ON staging_ingest.shopify_dirty,
  staging_ingest.shopify_orders_deleted TO merit_worker;

-- Asks for an INCREMENTAL of every shop where something has been dirty for a while and nothing runs:
-- marks are gathered, so that a burst of webhooks is one run. A job that the schedule keeps for later
-- comes at once. Shops that rest (uninstalled, paused, or whose last job failed) keep their marks for
-- the run that the schedule brings.
CREATE FUNCTION app_dashboard.queue_dirty_syncs(gather interval, head_start integer)
RETURNS TABLE (shop_id text, id uuid)
LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = ''
AS $$
  WITH dirty AS (
    SELECT shop.shop_id
    FROM (
      SELECT mark.shop_id FROM staging_ingest.shopify_dirty mark
      GROUP BY mark.shop_id HAVING min(mark.marked_at) < now() - gather
    ) marked
    JOIN app_dashboard.shops shop ON shop.shop_id = marked.shop_id
    LEFT JOIN LATERAL (
      SELECT job.status, job.error_kind FROM app_dashboard.sync_jobs job
      WHERE job.shop_id = shop.shop_id AND job.platform = 'SHOPIFY' AND job.finished_at IS NOT NULL
      ORDER BY job.finished_at DESC LIMIT 1
    ) ended ON true
    WHERE shop.uninstalled_at IS NULL AND shop.history_complete_at IS NOT NULL
      AND (ended.status IS DISTINCT FROM 'FAILED' OR ended.error_kind = 'STOPPED')
      AND NOT EXISTS (
        SELECT FROM app_dashboard.sync_pauses pause
        WHERE pause.shop_id = shop.shop_id AND pause.platform = 'SHOPIFY'
      )
  ), hurried AS (
    UPDATE app_dashboard.sync_jobs job SET run_after = now()
    FROM dirty
    WHERE job.shop_id = dirty.shop_id AND job.platform = 'SHOPIFY' AND job.status = 'QUEUED'
      AND job.requested_by = 'schedule' AND job.started_at IS NULL AND job.run_after > now()
    RETURNING job.shop_id, job.id
  ), made AS (
    INSERT INTO app_dashboard.sync_jobs AS job (shop_id, platform, job_type, requested_by, priority)
    SELECT dirty.shop_id, 'SHOPIFY', 'INCREMENTAL', 'webhook', head_start FROM dirty
    ON CONFLICT (shop_id, platform) WHERE status IN ('QUEUED', 'IN_PROGRESS') DO NOTHING
    RETURNING job.shop_id, job.id
  )
  SELECT * FROM hurried UNION ALL SELECT * FROM made
$$;

CREATE POLICY dispatcher ON staging_ingest.shopify_dirty FOR SELECT TO merit_dispatcher USING (true);
GRANT USAGE ON SCHEMA staging_ingest TO merit_dispatcher;
GRANT SELECT (shop_id, marked_at) ON staging_ingest.shopify_dirty TO merit_dispatcher;
GRANT CREATE ON SCHEMA app_dashboard TO merit_dispatcher;
ALTER FUNCTION app_dashboard.queue_dirty_syncs(interval, integer) OWNER TO merit_dispatcher;
REVOKE ALL ON FUNCTION app_dashboard.queue_dirty_syncs(interval, integer) FROM PUBLIC;
REVOKE CREATE ON SCHEMA app_dashboard FROM merit_dispatcher;
GRANT EXECUTE ON FUNCTION app_dashboard.queue_dirty_syncs(interval, integer) TO merit_worker;
