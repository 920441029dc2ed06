-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "app_dashboard";

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "bulk_load";

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "core_warehouse";

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "reporting";

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "staging_ingest";

-- CreateTable
CREATE TABLE "app_dashboard"."accounts" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "accounts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "app_dashboard"."users" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "email" TEXT,
    "email_verified" BOOLEAN NOT NULL DEFAULT false,
    "first_name" TEXT,
    "last_name" TEXT,
    "locale" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "app_dashboard"."shops" (
    "shop_id" TEXT NOT NULL,
    "account_id" UUID NOT NULL,
    "name" TEXT,
    "email" TEXT,
    "currency" TEXT,
    "iana_timezone" TEXT,
    "plan_name" TEXT,
    "shopify_plus" BOOLEAN NOT NULL DEFAULT false,
    "country_code" TEXT,
    "scopes" TEXT,
    "installed_at" TIMESTAMPTZ(6),
    "uninstalled_at" TIMESTAMPTZ(6),
    "history_complete_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "shops_pkey" PRIMARY KEY ("shop_id")
);

-- CreateTable
CREATE TABLE "app_dashboard"."user_shops" (
    "shop_id" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "is_default" BOOLEAN NOT NULL DEFAULT false,
    "shopify_user_id" BIGINT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "user_shops_pkey" PRIMARY KEY ("shop_id","user_id")
);

-- CreateTable
CREATE TABLE "app_dashboard"."shop_credentials" (
    "shop_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "access_token" BYTEA,
    "refresh_token" BYTEA,
    "key_id" TEXT NOT NULL,
    "scopes" TEXT,
    "expires_at" TIMESTAMPTZ(6),
    "refresh_expires_at" TIMESTAMPTZ(6),
    "version" INTEGER NOT NULL DEFAULT 1,
    "lease_owner" TEXT,
    "lease_until" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "shop_credentials_pkey" PRIMARY KEY ("shop_id","kind")
);

-- CreateTable
CREATE TABLE "app_dashboard"."sessions" (
    "shop_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "shopify_user_id" BIGINT,
    "payload" BYTEA NOT NULL,
    "key_id" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "app_dashboard"."sync_jobs" (
    "shop_id" TEXT NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "platform" TEXT NOT NULL,
    "job_type" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'QUEUED',
    "priority" INTEGER NOT NULL DEFAULT 0,
    "requested_by" TEXT NOT NULL,
    "phase" TEXT,
    "done" BIGINT,
    "total" BIGINT,
    "rate" DECIMAL,
    "records_synced" BIGINT NOT NULL DEFAULT 0,
    "checkpoint" JSONB,
    "error" JSONB,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "run_after" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lease_owner" TEXT,
    "lease_until" TIMESTAMPTZ(6),
    "heartbeat_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(6),
    "first_light_at" TIMESTAMPTZ(6),
    "finished_at" TIMESTAMPTZ(6),

    CONSTRAINT "sync_jobs_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "app_dashboard"."sync_cursors" (
    "shop_id" TEXT NOT NULL,
    "platform" TEXT NOT NULL,
    "stream" TEXT NOT NULL,
    "watermark" TIMESTAMPTZ(6),
    "detail" JSONB,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sync_cursors_pkey" PRIMARY KEY ("shop_id","platform","stream")
);

-- CreateTable
CREATE TABLE "app_dashboard"."api_tokens" (
    "shop_id" TEXT NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "name" TEXT NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(6),
    "revoked_at" TIMESTAMPTZ(6),

    CONSTRAINT "api_tokens_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "app_dashboard"."audit_log" (
    "shop_id" TEXT NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "detail" JSONB,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "audit_log_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "app_dashboard"."worker_heartbeats" (
    "worker_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "detail" JSONB,

    CONSTRAINT "worker_heartbeats_pkey" PRIMARY KEY ("worker_id")
);

-- CreateTable
CREATE UNLOGGED TABLE "bulk_load"."lines" (
    "shop_id" TEXT NOT NULL,
    "operation_id" TEXT NOT NULL,
    "line_no" BIGINT NOT NULL,
    "id" TEXT,
    "parent_id" TEXT,
    "body" JSONB NOT NULL,

    CONSTRAINT "lines_pkey" PRIMARY KEY ("shop_id","operation_id","line_no")
);

-- CreateTable
CREATE TABLE "core_warehouse"."orders" (
    "shop_id" TEXT NOT NULL,
    "order_id" BIGINT NOT NULL,
    "name" TEXT,
    "created_at" TIMESTAMPTZ(6),
    "processed_at" TIMESTAMPTZ(6),
    "updated_at" TIMESTAMPTZ(6),
    "cancelled_at" TIMESTAMPTZ(6),
    "cancel_reason" TEXT,
    "closed_at" TIMESTAMPTZ(6),
    "test" BOOLEAN NOT NULL DEFAULT false,
    "deleted_at" TIMESTAMPTZ(6),
    "currency" TEXT,
    "presentment_currency" TEXT,
    "display_financial_status" TEXT,
    "display_fulfillment_status" TEXT,
    "return_status" TEXT,
    "source_name" TEXT,
    "taxes_included" BOOLEAN,
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "discount_codes" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "payment_gateway_names" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "customer_id" BIGINT,
    "email" TEXT,
    "phone" TEXT,
    "customer_key" TEXT,
    "customer_order_index" INTEGER,
    "shipping_country_code" TEXT,
    "shipping_province_code" TEXT,
    "landing_page" TEXT,
    "referrer_url" TEXT,
    "utm_source" TEXT,
    "utm_medium" TEXT,
    "utm_campaign" TEXT,
    "utm_content" TEXT,
    "utm_term" TEXT,
    "total_price" DECIMAL,
    "total_price_presentment" DECIMAL,
    "subtotal_price" DECIMAL,
    "subtotal_price_presentment" DECIMAL,
    "total_discounts" DECIMAL,
    "total_discounts_presentment" DECIMAL,
    "total_shipping_price" DECIMAL,
    "total_shipping_price_presentment" DECIMAL,
    "total_tax" DECIMAL,
    "total_tax_presentment" DECIMAL,
    "total_tip_received" DECIMAL,
    "total_tip_received_presentment" DECIMAL,
    "total_received" DECIMAL,
    "total_received_presentment" DECIMAL,
    "total_refunded" DECIMAL,
    "total_refunded_presentment" DECIMAL,
    "net_payment" DECIMAL,
    "net_payment_presentment" DECIMAL,
    "total_outstanding" DECIMAL,
    "total_outstanding_presentment" DECIMAL,
    "total_capturable" DECIMAL,
    "total_capturable_presentment" DECIMAL,
    "current_total_price" DECIMAL,
    "current_total_price_presentment" DECIMAL,
    "current_subtotal_price" DECIMAL,
    "current_subtotal_price_presentment" DECIMAL,
    "current_total_discounts" DECIMAL,
    "current_total_discounts_presentment" DECIMAL,
    "current_total_tax" DECIMAL,
    "current_total_tax_presentment" DECIMAL,
    "ledger_complete" BOOLEAN NOT NULL DEFAULT false,
    "payload_hash" BYTEA,

    CONSTRAINT "orders_pkey" PRIMARY KEY ("shop_id","order_id")
);

-- CreateTable
CREATE TABLE "core_warehouse"."order_line_items" (
    "shop_id" TEXT NOT NULL,
    "line_item_id" BIGINT NOT NULL,
    "order_id" BIGINT NOT NULL,
    "position" INTEGER NOT NULL,
    "title" TEXT,
    "variant_title" TEXT,
    "sku" TEXT,
    "vendor" TEXT,
    "product_id" BIGINT,
    "variant_id" BIGINT,
    "quantity" INTEGER,
    "current_quantity" INTEGER,
    "is_gift_card" BOOLEAN,
    "requires_shipping" BOOLEAN,
    "taxable" BOOLEAN,
    "original_unit_price" DECIMAL,
    "original_unit_price_presentment" DECIMAL,
    "original_total" DECIMAL,
    "original_total_presentment" DECIMAL,
    "discounted_total" DECIMAL,
    "discounted_total_presentment" DECIMAL,
    "total_discount" DECIMAL,
    "total_discount_presentment" DECIMAL,
    "currency" TEXT,

    CONSTRAINT "order_line_items_pkey" PRIMARY KEY ("shop_id","line_item_id")
);

-- CreateTable
CREATE TABLE "core_warehouse"."transactions" (
    "shop_id" TEXT NOT NULL,
    "transaction_id" BIGINT NOT NULL,
    "order_id" BIGINT NOT NULL,
    "parent_id" BIGINT,
    "kind" TEXT,
    "status" TEXT,
    "gateway" TEXT,
    "test" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(6),
    "processed_at" TIMESTAMPTZ(6),
    "amount" DECIMAL,
    "currency" TEXT,
    "amount_presentment" DECIMAL,
    "presentment_currency" TEXT,
    "amount_rounding" DECIMAL,

    CONSTRAINT "transactions_pkey" PRIMARY KEY ("shop_id","transaction_id")
);

-- CreateTable
CREATE TABLE "core_warehouse"."refunds" (
    "shop_id" TEXT NOT NULL,
    "refund_id" BIGINT NOT NULL,
    "order_id" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(6),
    "note" TEXT,
    "total_refunded" DECIMAL,
    "total_refunded_presentment" DECIMAL,
    "currency" TEXT,

    CONSTRAINT "refunds_pkey" PRIMARY KEY ("shop_id","refund_id")
);

-- CreateTable
CREATE TABLE "core_warehouse"."order_sales" (
    "shop_id" TEXT NOT NULL,
    "sale_id" BIGINT NOT NULL,
    "order_id" BIGINT NOT NULL,
    "agreement_id" BIGINT NOT NULL,
    "agreement_type" TEXT NOT NULL,
    "agreement_reason" TEXT,
    "action_type" TEXT NOT NULL,
    "line_type" TEXT NOT NULL,
    "quantity" INTEGER,
    "line_item_id" BIGINT,
    "occurred_at" TIMESTAMPTZ(6) NOT NULL,
    "total_amount" DECIMAL NOT NULL,
    "total_tax_amount" DECIMAL NOT NULL,
    "total_discount_before_taxes" DECIMAL NOT NULL,
    "total_discount_after_taxes" DECIMAL NOT NULL,
    "currency" TEXT NOT NULL,

    CONSTRAINT "order_sales_pkey" PRIMARY KEY ("shop_id","sale_id")
);

-- CreateTable
CREATE TABLE "reporting"."daily_shopify_metrics" (
    "shop_id" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "currency" TEXT NOT NULL,
    "gross_sales" DECIMAL NOT NULL DEFAULT 0,
    "discounts" DECIMAL NOT NULL DEFAULT 0,
    "returns" DECIMAL NOT NULL DEFAULT 0,
    "net_sales" DECIMAL NOT NULL DEFAULT 0,
    "shipping" DECIMAL NOT NULL DEFAULT 0,
    "duties" DECIMAL NOT NULL DEFAULT 0,
    "return_fees" DECIMAL NOT NULL DEFAULT 0,
    "additional_fees" DECIMAL NOT NULL DEFAULT 0,
    "tips" DECIMAL NOT NULL DEFAULT 0,
    "taxes" DECIMAL NOT NULL DEFAULT 0,
    "gift_cards_sold" DECIMAL NOT NULL DEFAULT 0,
    "unclassified" DECIMAL NOT NULL DEFAULT 0,
    "total_sales" DECIMAL NOT NULL DEFAULT 0,
    "received" DECIMAL NOT NULL DEFAULT 0,
    "refunded" DECIMAL NOT NULL DEFAULT 0,
    "net_payments" DECIMAL NOT NULL DEFAULT 0,
    "placed_sales" DECIMAL NOT NULL DEFAULT 0,
    "orders" INTEGER NOT NULL DEFAULT 0,
    "units" INTEGER NOT NULL DEFAULT 0,
    "units_returned" INTEGER NOT NULL DEFAULT 0,
    "new_customers" INTEGER NOT NULL DEFAULT 0,
    "returning_customers" INTEGER NOT NULL DEFAULT 0,
    "unknown_customers" INTEGER NOT NULL DEFAULT 0,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "daily_shopify_metrics_pkey" PRIMARY KEY ("shop_id","day","currency")
);

-- CreateTable
CREATE TABLE "staging_ingest"."shopify_webhooks_raw" (
    "shop_id" TEXT NOT NULL,
    "webhook_id" TEXT NOT NULL,
    "event_id" TEXT,
    "topic" TEXT NOT NULL,
    "api_version" TEXT,
    "triggered_at" TIMESTAMPTZ(6),
    "headers" JSONB NOT NULL,
    "body" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "processed_at" TIMESTAMPTZ(6),

    CONSTRAINT "shopify_webhooks_raw_pkey" PRIMARY KEY ("shop_id","webhook_id")
);

-- CreateTable
CREATE TABLE "staging_ingest"."shopify_orders_raw" (
    "shop_id" TEXT NOT NULL,
    "order_id" BIGINT NOT NULL,
    "payload" JSONB NOT NULL,
    "payload_hash" BYTEA NOT NULL,
    "updated_at" TIMESTAMPTZ(6),
    "received_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "road" TEXT NOT NULL,

    CONSTRAINT "shopify_orders_raw_pkey" PRIMARY KEY ("shop_id","order_id")
);

-- CreateIndex
CREATE INDEX "shops_account_id_idx" ON "app_dashboard"."shops"("account_id");

-- CreateIndex
CREATE INDEX "user_shops_user_id_idx" ON "app_dashboard"."user_shops"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "user_shops_shop_id_shopify_user_id_key" ON "app_dashboard"."user_shops"("shop_id", "shopify_user_id");

-- CreateIndex
CREATE INDEX "sessions_shop_id_shopify_user_id_idx" ON "app_dashboard"."sessions"("shop_id", "shopify_user_id");

-- CreateIndex
CREATE INDEX "sessions_shop_id_expires_at_idx" ON "app_dashboard"."sessions"("shop_id", "expires_at");

-- CreateIndex
CREATE INDEX "sync_jobs_shop_id_platform_finished_at_idx" ON "app_dashboard"."sync_jobs"("shop_id", "platform", "finished_at");

-- CreateIndex
CREATE UNIQUE INDEX "api_tokens_token_hash_key" ON "app_dashboard"."api_tokens"("token_hash");

-- CreateIndex
CREATE INDEX "audit_log_shop_id_at_idx" ON "app_dashboard"."audit_log"("shop_id", "at");

-- CreateIndex
CREATE INDEX "lines_shop_id_operation_id_parent_id_idx" ON "bulk_load"."lines"("shop_id", "operation_id", "parent_id");

-- CreateIndex
CREATE INDEX "orders_shop_id_processed_at_idx" ON "core_warehouse"."orders"("shop_id", "processed_at");

-- CreateIndex
CREATE INDEX "orders_shop_id_customer_key_processed_at_idx" ON "core_warehouse"."orders"("shop_id", "customer_key", "processed_at");

-- CreateIndex
CREATE INDEX "order_line_items_shop_id_order_id_idx" ON "core_warehouse"."order_line_items"("shop_id", "order_id");

-- CreateIndex
CREATE INDEX "transactions_shop_id_order_id_idx" ON "core_warehouse"."transactions"("shop_id", "order_id");

-- CreateIndex
CREATE INDEX "transactions_shop_id_processed_at_idx" ON "core_warehouse"."transactions"("shop_id", "processed_at");

-- CreateIndex
CREATE INDEX "refunds_shop_id_order_id_idx" ON "core_warehouse"."refunds"("shop_id", "order_id");

-- CreateIndex
CREATE INDEX "order_sales_shop_id_order_id_idx" ON "core_warehouse"."order_sales"("shop_id", "order_id");

-- CreateIndex
CREATE INDEX "order_sales_shop_id_occurred_at_idx" ON "core_warehouse"."order_sales"("shop_id", "occurred_at");

-- CreateIndex
CREATE INDEX "shopify_webhooks_raw_shop_id_received_at_idx" ON "staging_ingest"."shopify_webhooks_raw"("shop_id", "received_at");

-- CreateIndex
CREATE INDEX "shopify_orders_raw_shop_id_updated_at_idx" ON "staging_ingest"."shopify_orders_raw"("shop_id", "updated_at");

-- AddForeignKey
ALTER TABLE "app_dashboard"."shops" ADD CONSTRAINT "shops_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "app_dashboard"."accounts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "app_dashboard"."user_shops" ADD CONSTRAINT "user_shops_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "app_dashboard"."shops"("shop_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "app_dashboard"."user_shops" ADD CONSTRAINT "user_shops_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_dashboard"."users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "app_dashboard"."sync_jobs" ADD CONSTRAINT "sync_jobs_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "app_dashboard"."shops"("shop_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "app_dashboard"."sync_cursors" ADD CONSTRAINT "sync_cursors_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "app_dashboard"."shops"("shop_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "app_dashboard"."api_tokens" ADD CONSTRAINT "api_tokens_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "app_dashboard"."shops"("shop_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What the Prisma schema cannot say: allowed words, and uniqueness under a condition.
ALTER TABLE app_dashboard.accounts ADD CONSTRAINT accounts_kind_check CHECK (kind IN ('MERCHANT', 'AGENCY'));
ALTER TABLE app_dashboard.user_shops ADD CONSTRAINT user_shops_role_check
  CHECK (role IN ('AGENCY_OWNER', 'AGENCY_STAFF', 'STORE_USER'));
ALTER TABLE app_dashboard.shop_credentials ADD CONSTRAINT shop_credentials_kind_check
  CHECK (kind IN ('SHOPIFY_OFFLINE'));
ALTER TABLE app_dashboard.sync_jobs ADD CONSTRAINT sync_jobs_platform_check CHECK (platform IN ('SHOPIFY'));
ALTER TABLE app_dashboard.sync_jobs ADD CONSTRAINT sync_jobs_job_type_check
  CHECK (job_type IN ('HISTORICAL_INIT', 'HISTORICAL_REBUILD', 'INCREMENTAL'));
ALTER TABLE app_dashboard.sync_jobs ADD CONSTRAINT sync_jobs_status_check
  CHECK (status IN ('QUEUED', 'IN_PROGRESS', 'SUCCEEDED', 'FAILED'));
ALTER TABLE staging_ingest.shopify_orders_raw ADD CONSTRAINT shopify_orders_raw_road_check
  CHECK (road IN ('BULK', 'PAGE'));

-- One person per verified email; one default shop a user; one job in flight per shop and platform.
CREATE UNIQUE INDEX users_verified_email_key ON app_dashboard.users (lower(email)) WHERE email_verified;
CREATE UNIQUE INDEX user_shops_one_default_key ON app_dashboard.user_shops (user_id) WHERE is_default;
CREATE UNIQUE INDEX sync_jobs_one_in_flight_key ON app_dashboard.sync_jobs (shop_id, platform)
  WHERE status IN ('QUEUED', 'IN_PROGRESS');
-- What the dispatcher and the sweeper look for, across shops.
CREATE INDEX sync_jobs_due_idx ON app_dashboard.sync_jobs (run_after) WHERE status = 'QUEUED';
CREATE INDEX sync_jobs_leased_idx ON app_dashboard.sync_jobs (lease_until) WHERE status = 'IN_PROGRESS';
CREATE INDEX shopify_webhooks_raw_unprocessed_idx ON staging_ingest.shopify_webhooks_raw (shop_id, received_at)
  WHERE processed_at IS NULL;
