-- Meta: which ad accounts a shop reads, its raw insights, their facts and rollup.

-- CreateTable
CREATE TABLE "app_dashboard"."ad_accounts" (
    "shop_id" TEXT NOT NULL,
    "ad_account_id" TEXT NOT NULL,
    "platform" TEXT NOT NULL,
    "name" TEXT,
    "currency" TEXT NOT NULL,
    "iana_timezone" TEXT NOT NULL,
    "account_status" INTEGER,
    "selected" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ad_accounts_pkey" PRIMARY KEY ("shop_id","ad_account_id")
);

-- CreateTable
CREATE TABLE "app_dashboard"."oauth_states" (
    "shop_id" TEXT NOT NULL,
    "state_hash" BYTEA NOT NULL,
    "user_id" UUID NOT NULL,
    "platform" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "used_at" TIMESTAMPTZ(6),

    CONSTRAINT "oauth_states_pkey" PRIMARY KEY ("shop_id","state_hash")
);

-- CreateTable
CREATE TABLE "staging_ingest"."meta_insights_raw" (
    "shop_id" TEXT NOT NULL,
    "ad_account_id" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "entity_id" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "payload" JSONB NOT NULL,
    "payload_hash" BYTEA NOT NULL,
    "received_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "meta_insights_raw_pkey" PRIMARY KEY ("shop_id","ad_account_id","level","entity_id","day")
);

-- CreateTable
CREATE TABLE "core_warehouse"."fact_marketing_daily" (
    "shop_id" TEXT NOT NULL,
    "platform" TEXT NOT NULL,
    "ad_account_id" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "currency" TEXT NOT NULL,
    "spend" DECIMAL NOT NULL,
    "impressions" BIGINT,
    "clicks" BIGINT,
    "link_clicks" BIGINT,
    "reach" BIGINT,
    "purchases" DECIMAL NOT NULL,
    "purchase_value" DECIMAL NOT NULL,
    "add_to_cart" DECIMAL,
    "add_to_cart_value" DECIMAL,
    "view_content" DECIMAL,
    "initiate_checkout" DECIMAL,
    "leads" DECIMAL,
    "attribution_setting" TEXT,
    "payload_hash" BYTEA,

    CONSTRAINT "fact_marketing_daily_pkey" PRIMARY KEY ("shop_id","platform","ad_account_id","day")
);

-- CreateTable
CREATE TABLE "core_warehouse"."fact_marketing_campaign_daily" (
    "shop_id" TEXT NOT NULL,
    "platform" TEXT NOT NULL,
    "ad_account_id" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "entity_id" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "campaign_id" TEXT,
    "campaign_name" TEXT,
    "objective" TEXT,
    "currency" TEXT NOT NULL,
    "spend" DECIMAL NOT NULL,
    "impressions" BIGINT,
    "clicks" BIGINT,
    "link_clicks" BIGINT,
    "reach" BIGINT,
    "purchases" DECIMAL NOT NULL,
    "purchase_value" DECIMAL NOT NULL,
    "add_to_cart" DECIMAL,
    "add_to_cart_value" DECIMAL,
    "view_content" DECIMAL,
    "initiate_checkout" DECIMAL,
    "leads" DECIMAL,
    "attribution_setting" TEXT,
    "payload_hash" BYTEA,

    CONSTRAINT "fact_marketing_campaign_daily_pkey" PRIMARY KEY ("shop_id","platform","ad_account_id","level","entity_id","day")
);

-- CreateTable
CREATE TABLE "reporting"."daily_meta_metrics" (
    "shop_id" TEXT NOT NULL,
    "ad_account_id" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "currency" TEXT NOT NULL,
    "spend" DECIMAL NOT NULL DEFAULT 0,
    "impressions" BIGINT NOT NULL DEFAULT 0,
    "clicks" BIGINT NOT NULL DEFAULT 0,
    "link_clicks" BIGINT NOT NULL DEFAULT 0,
    "purchases" DECIMAL NOT NULL DEFAULT 0,
    "purchase_value" DECIMAL NOT NULL DEFAULT 0,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "daily_meta_metrics_pkey" PRIMARY KEY ("shop_id","ad_account_id","day")
);

-- CreateIndex
CREATE UNIQUE INDEX "oauth_states_state_hash_key" ON "app_dashboard"."oauth_states"("state_hash");

-- CreateIndex
CREATE INDEX "meta_insights_raw_shop_id_ad_account_id_level_day_idx" ON "staging_ingest"."meta_insights_raw"("shop_id", "ad_account_id", "level", "day");

-- CreateIndex
CREATE INDEX "fact_marketing_campaign_daily_shop_id_ad_account_id_level_d_idx" ON "core_warehouse"."fact_marketing_campaign_daily"("shop_id", "ad_account_id", "level", "day");

-- AddForeignKey
ALTER TABLE "app_dashboard"."ad_accounts" ADD CONSTRAINT "ad_accounts_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "app_dashboard"."shops"("shop_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "app_dashboard"."oauth_states" ADD CONSTRAINT "oauth_states_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "app_dashboard"."shops"("shop_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Allowed words.
ALTER TABLE app_dashboard.shop_credentials DROP CONSTRAINT shop_credentials_kind_check;
ALTER TABLE app_dashboard.shop_credentials ADD CONSTRAINT shop_credentials_kind_check
  CHECK (kind IN ('SHOPIFY_OFFLINE', 'META_USER'));
ALTER TABLE app_dashboard.sync_jobs DROP CONSTRAINT sync_jobs_platform_check;
ALTER TABLE app_dashboard.sync_jobs ADD CONSTRAINT sync_jobs_platform_check
  CHECK (platform IN ('SHOPIFY', 'META'));
ALTER TABLE app_dashboard.ad_accounts ADD CONSTRAINT ad_accounts_platform_check
  CHECK (platform IN ('META'));
ALTER TABLE app_dashboard.oauth_states ADD CONSTRAINT oauth_states_platform_check
  CHECK (platform IN ('META'));
ALTER TABLE staging_ingest.meta_insights_raw ADD CONSTRAINT meta_insights_raw_level_check
  CHECK (level IN ('account', 'campaign'));

-- The same guard as on every other tenant table (migration 3).
DO $$
DECLARE
  tenant_table regclass;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY[
    'app_dashboard.ad_accounts', 'app_dashboard.oauth_states', 'staging_ingest.meta_insights_raw',
    'core_warehouse.fact_marketing_daily', 'core_warehouse.fact_marketing_campaign_daily',
    'reporting.daily_meta_metrics'
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

GRANT SELECT, INSERT, UPDATE, DELETE ON app_dashboard.ad_accounts TO merit_web, merit_worker;
GRANT SELECT, INSERT, DELETE ON app_dashboard.oauth_states TO merit_web;
GRANT SELECT, DELETE ON app_dashboard.oauth_states TO merit_worker;
GRANT SELECT ON core_warehouse.fact_marketing_daily, core_warehouse.fact_marketing_campaign_daily,
  reporting.daily_meta_metrics TO merit_web;
GRANT SELECT, INSERT, UPDATE, DELETE ON staging_ingest.meta_insights_raw,
  core_warehouse.fact_marketing_daily, core_warehouse.fact_marketing_campaign_daily,
  reporting.daily_meta_metrics TO merit_worker;
