-- What the sync engine keeps beside the jobs: why one ended, what a person paused, and what the
-- APIs still allow.

-- What has to be done about the error: RETRYABLE (waits), NEEDS_USER, DEFECT, or STOPPED: somebody
-- wanted it so (canceled, uninstalled, disconnected). NULL without an error.
ALTER TABLE app_dashboard.sync_jobs ADD COLUMN error_kind TEXT;
ALTER TABLE app_dashboard.sync_jobs ADD CONSTRAINT sync_jobs_error_kind_check
  CHECK (error_kind IN ('RETRYABLE', 'NEEDS_USER', 'DEFECT', 'STOPPED'));
UPDATE app_dashboard.sync_jobs SET error_kind = CASE
  WHEN (error ->> 'retryable')::boolean THEN 'RETRYABLE'
  WHEN error ->> 'code' IN ('UNINSTALLED', 'META_SUPERSEDED') THEN 'STOPPED'
  WHEN error ->> 'code' IN ('META_RECONNECT', 'META_BLOCKED', 'META_NOT_CONFIGURED',
    'BULK_ACCESS_DENIED', 'SHOPIFY_ACCESS_DENIED', 'SHOPIFY_SHOP_INACTIVE', 'SHOPIFY_TOKEN_REJECTED',
    'SHOPIFY_SHOP_FROZEN', 'SHOPIFY_FORBIDDEN', 'SHOPIFY_SHOP_GONE', 'SHOPIFY_SHOP_LOCKED')
    THEN 'NEEDS_USER'
  ELSE 'DEFECT'
END
WHERE error IS NOT NULL;
GRANT UPDATE (error_kind) ON app_dashboard.sync_jobs TO merit_web;

-- A connection that a person paused: it is left alone until they resume it.
CREATE TABLE "app_dashboard"."sync_pauses" (
    "shop_id" TEXT NOT NULL,
    "platform" TEXT NOT NULL,
    "paused_by" TEXT NOT NULL,
    "paused_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sync_pauses_pkey" PRIMARY KEY ("shop_id","platform")
);
ALTER TABLE "app_dashboard"."sync_pauses" ADD CONSTRAINT "sync_pauses_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "app_dashboard"."shops"("shop_id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE app_dashboard.sync_pauses ADD CONSTRAINT sync_pauses_platform_check
  CHECK (platform IN ('SHOPIFY', 'META'));
ALTER TABLE app_dashboard.sync_pauses ENABLE ROW LEVEL SECURITY;
ALTER TABLE app_dashboard.sync_pauses FORCE ROW LEVEL SECURITY;
CREATE POLICY visible_shops ON app_dashboard.sync_pauses TO merit_web, merit_worker
  USING (shop_id = ANY ((SELECT app_dashboard.visible_shop_ids())::text[]));
CREATE POLICY dispatcher ON app_dashboard.sync_pauses FOR SELECT TO merit_dispatcher USING (true);
GRANT SELECT, INSERT, DELETE ON app_dashboard.sync_pauses TO merit_web;
GRANT SELECT, DELETE ON app_dashboard.sync_pauses TO merit_worker;
GRANT SELECT ON app_dashboard.sync_pauses TO merit_dispatcher;

-- What an API still allows: one row for a shop's bucket or an ad account's usage, so that all workers
-- together obey one limit. It is the API's and no tenant's: two shops may read one ad account. The
-- web role has no right on it.
CREATE TABLE "app_dashboard"."api_budgets" (
    "api" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "available" DECIMAL,
    "maximum" DECIMAL,
    "restore_rate" DECIMAL,
    "used_percent" DECIMAL,
    "blocked_until" TIMESTAMPTZ(6),
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "api_budgets_pkey" PRIMARY KEY ("api","subject")
);
ALTER TABLE app_dashboard.api_budgets ADD CONSTRAINT api_budgets_api_check
  CHECK (api IN ('SHOPIFY_ADMIN', 'META_ADS'));
GRANT SELECT, INSERT, UPDATE, DELETE ON app_dashboard.api_budgets TO merit_worker;
