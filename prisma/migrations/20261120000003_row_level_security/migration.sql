-- Who may see which rows. The context is set per transaction (app/lib/tenant-db.server.ts):
-- app.shop_id, or app.user_id. Without one, nothing is seen.

CREATE FUNCTION app_dashboard.visible_shop_ids() RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
SET search_path = ''
AS $$
  SELECT CASE
    WHEN nullif(current_setting('app.shop_id', true), '') IS NOT NULL
      THEN ARRAY[current_setting('app.shop_id', true)]
    WHEN nullif(current_setting('app.user_id', true), '') IS NOT NULL
      THEN ARRAY(
        SELECT shop_id FROM app_dashboard.user_shops
        WHERE user_id = nullif(current_setting('app.user_id', true), '')::uuid
      )
    ELSE ARRAY[]::text[]
  END
$$;

-- The owner of the function reads user_shops under a policy of its own, below.
GRANT USAGE, CREATE ON SCHEMA app_dashboard TO merit_dispatcher;
ALTER FUNCTION app_dashboard.visible_shop_ids() OWNER TO merit_dispatcher;
REVOKE CREATE ON SCHEMA app_dashboard FROM merit_dispatcher;
REVOKE ALL ON FUNCTION app_dashboard.visible_shop_ids() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app_dashboard.visible_shop_ids() TO merit_web, merit_worker;

-- Every table with a shop_id: the rows of visible shops. FORCE binds the owner as well.
DO $$
DECLARE
  tenant_table regclass;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY[
    'app_dashboard.shops', 'app_dashboard.user_shops', 'app_dashboard.shop_credentials',
    'app_dashboard.sessions', 'app_dashboard.sync_jobs', 'app_dashboard.sync_cursors',
    'app_dashboard.api_tokens', 'app_dashboard.audit_log',
    'staging_ingest.shopify_webhooks_raw', 'staging_ingest.shopify_orders_raw',
    'core_warehouse.orders', 'core_warehouse.order_line_items', 'core_warehouse.transactions',
    'core_warehouse.refunds', 'core_warehouse.order_sales',
    'reporting.daily_shopify_metrics'
  ]::regclass[] LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', tenant_table);
    -- The sub-select makes it one call a statement, and lets indexes on shop_id serve.
    EXECUTE format(
      'CREATE POLICY visible_shops ON %s TO merit_web, merit_worker
         USING (shop_id = ANY ((SELECT app_dashboard.visible_shop_ids())::text[]))',
      tenant_table
    );
  END LOOP;
END
$$;

-- Accounts are seen through their visible shops; a new one has none yet.
ALTER TABLE app_dashboard.accounts ENABLE ROW LEVEL SECURITY;
ALTER TABLE app_dashboard.accounts FORCE ROW LEVEL SECURITY;
CREATE POLICY of_visible_shops ON app_dashboard.accounts TO merit_web, merit_worker
  USING (id IN (SELECT account_id FROM app_dashboard.shops))
  WITH CHECK (id IN (SELECT account_id FROM app_dashboard.shops));
CREATE POLICY new_account ON app_dashboard.accounts FOR INSERT TO merit_web, merit_worker
  WITH CHECK (true);

-- Users are seen by themselves and by whoever shares a visible shop with them.
ALTER TABLE app_dashboard.users ENABLE ROW LEVEL SECURITY;
ALTER TABLE app_dashboard.users FORCE ROW LEVEL SECURITY;
CREATE POLICY self_and_same_shops ON app_dashboard.users FOR SELECT TO merit_web, merit_worker
  USING (
    id = (SELECT nullif(current_setting('app.user_id', true), '')::uuid)
    OR id IN (SELECT user_id FROM app_dashboard.user_shops)
  );

-- The dispatcher's functions see across tenants, on these tables and no other.
CREATE POLICY dispatcher ON app_dashboard.users TO merit_dispatcher USING (true);
CREATE POLICY dispatcher ON app_dashboard.user_shops TO merit_dispatcher USING (true);
CREATE POLICY dispatcher ON app_dashboard.api_tokens TO merit_dispatcher USING (true);
CREATE POLICY dispatcher ON app_dashboard.sync_jobs TO merit_dispatcher USING (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON app_dashboard.users, app_dashboard.user_shops TO merit_dispatcher;
GRANT SELECT, UPDATE ON app_dashboard.api_tokens, app_dashboard.sync_jobs TO merit_dispatcher;
GRANT SELECT ON app_dashboard.worker_heartbeats TO merit_dispatcher;

-- The web role: what pages, webhooks and sign-in need.
GRANT USAGE ON SCHEMA app_dashboard, staging_ingest, core_warehouse, reporting TO merit_web;
GRANT SELECT ON app_dashboard.accounts, app_dashboard.users, app_dashboard.user_shops,
  app_dashboard.sync_cursors TO merit_web;
GRANT INSERT ON app_dashboard.accounts TO merit_web;
GRANT UPDATE (name) ON app_dashboard.accounts TO merit_web;
GRANT UPDATE (is_default) ON app_dashboard.user_shops TO merit_web;
GRANT SELECT, INSERT, UPDATE ON app_dashboard.shops TO merit_web;
GRANT SELECT, INSERT, UPDATE, DELETE ON app_dashboard.shop_credentials, app_dashboard.sessions TO merit_web;
GRANT SELECT, INSERT ON app_dashboard.sync_jobs, app_dashboard.api_tokens, app_dashboard.audit_log TO merit_web;
GRANT UPDATE (status, priority, error, finished_at, lease_owner, lease_until)
  ON app_dashboard.sync_jobs TO merit_web;
GRANT UPDATE (revoked_at) ON app_dashboard.api_tokens TO merit_web;
GRANT SELECT, INSERT ON staging_ingest.shopify_webhooks_raw TO merit_web;
GRANT UPDATE (processed_at) ON staging_ingest.shopify_webhooks_raw TO merit_web;
GRANT SELECT ON ALL TABLES IN SCHEMA core_warehouse, reporting TO merit_web;

-- The worker role: everything that syncing, and forgetting a shop, needs.
GRANT USAGE ON SCHEMA app_dashboard, staging_ingest, bulk_load, core_warehouse, reporting TO merit_worker;
GRANT SELECT ON app_dashboard.users TO merit_worker;
GRANT SELECT, INSERT, UPDATE ON app_dashboard.accounts TO merit_worker;
GRANT SELECT, INSERT, UPDATE, DELETE ON app_dashboard.shops, app_dashboard.shop_credentials,
  app_dashboard.sessions, app_dashboard.sync_jobs, app_dashboard.sync_cursors,
  app_dashboard.worker_heartbeats TO merit_worker;
GRANT SELECT, DELETE ON app_dashboard.user_shops, app_dashboard.api_tokens TO merit_worker;
GRANT SELECT, INSERT ON app_dashboard.audit_log TO merit_worker;
GRANT SELECT, INSERT, UPDATE, DELETE
  ON ALL TABLES IN SCHEMA staging_ingest, bulk_load, core_warehouse, reporting TO merit_worker;
