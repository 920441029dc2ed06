-- The order, whole: every field that says something about revenue, fulfilment, attribution or
-- marketing gets a column (docs/shopify-fields.md), every list below an order a table. Money: shop
-- currency, and the buyer's beside it as _presentment. What bulk queries cannot reach is kept as a raw
-- document of its own (docs/decisions/020-order-details.md).

-- AlterTable
ALTER TABLE "core_warehouse"."orders" ADD COLUMN "number" INTEGER,
ADD COLUMN "confirmation_number" TEXT,
ADD COLUMN "po_number" TEXT,
ADD COLUMN "cancellation_staff_note" TEXT,
ADD COLUMN "tax_exempt" BOOLEAN,
ADD COLUMN "estimated_taxes" BOOLEAN,
ADD COLUMN "duties_included" BOOLEAN,
ADD COLUMN "custom_attributes" JSONB,
ADD COLUMN "edited" BOOLEAN,
ADD COLUMN "confirmed" BOOLEAN,
ADD COLUMN "fully_paid" BOOLEAN,
ADD COLUMN "unpaid" BOOLEAN,
ADD COLUMN "requires_shipping" BOOLEAN,
ADD COLUMN "subtotal_line_items_quantity" INTEGER,
ADD COLUMN "current_subtotal_line_items_quantity" INTEGER,
ADD COLUMN "total_weight" BIGINT,
ADD COLUMN "current_total_weight" BIGINT,
ADD COLUMN "fulfillments_count" INTEGER,
ADD COLUMN "risk_recommendation" TEXT,
ADD COLUMN "risk_level" TEXT,
ADD COLUMN "disputes" JSONB,
ADD COLUMN "shopify_protect_status" TEXT,
ADD COLUMN "source_identifier" TEXT,
ADD COLUMN "registered_source_url" TEXT,
ADD COLUMN "app_id" BIGINT,
ADD COLUMN "app_name" TEXT,
ADD COLUMN "merchant_of_record_app_id" BIGINT,
ADD COLUMN "retail_location_id" BIGINT,
ADD COLUMN "customer_accepts_marketing" BOOLEAN,
ADD COLUMN "customer_locale" TEXT,
ADD COLUMN "purchasing_entity_type" TEXT,
ADD COLUMN "billing_city" TEXT,
ADD COLUMN "billing_province" TEXT,
ADD COLUMN "billing_province_code" TEXT,
ADD COLUMN "billing_country" TEXT,
ADD COLUMN "billing_country_code" TEXT,
ADD COLUMN "billing_zip" TEXT,
ADD COLUMN "shipping_city" TEXT,
ADD COLUMN "shipping_province" TEXT,
ADD COLUMN "shipping_country" TEXT,
ADD COLUMN "shipping_zip" TEXT,
ADD COLUMN "days_to_conversion" INTEGER,
ADD COLUMN "moments_count" INTEGER,
ADD COLUMN "first_visit_occurred_at" TIMESTAMPTZ(6),
ADD COLUMN "first_visit_landing_page" TEXT,
ADD COLUMN "first_visit_referrer_url" TEXT,
ADD COLUMN "first_visit_referral_code" TEXT,
ADD COLUMN "first_visit_source" TEXT,
ADD COLUMN "first_visit_source_description" TEXT,
ADD COLUMN "first_visit_source_type" TEXT,
ADD COLUMN "first_visit_utm_source" TEXT,
ADD COLUMN "first_visit_utm_medium" TEXT,
ADD COLUMN "first_visit_utm_campaign" TEXT,
ADD COLUMN "first_visit_utm_content" TEXT,
ADD COLUMN "first_visit_utm_term" TEXT,
ADD COLUMN "last_visit_occurred_at" TIMESTAMPTZ(6),
ADD COLUMN "last_visit_landing_page" TEXT,
ADD COLUMN "last_visit_referrer_url" TEXT,
ADD COLUMN "last_visit_referral_code" TEXT,
ADD COLUMN "last_visit_source" TEXT,
ADD COLUMN "last_visit_source_description" TEXT,
ADD COLUMN "last_visit_source_type" TEXT,
ADD COLUMN "last_visit_utm_source" TEXT,
ADD COLUMN "last_visit_utm_medium" TEXT,
ADD COLUMN "last_visit_utm_campaign" TEXT,
ADD COLUMN "last_visit_utm_content" TEXT,
ADD COLUMN "last_visit_utm_term" TEXT,
ADD COLUMN "original_total_price" DECIMAL,
ADD COLUMN "original_total_price_presentment" DECIMAL,
ADD COLUMN "cart_discount_amount" DECIMAL,
ADD COLUMN "cart_discount_amount_presentment" DECIMAL,
ADD COLUMN "total_refunded_shipping" DECIMAL,
ADD COLUMN "total_refunded_shipping_presentment" DECIMAL,
ADD COLUMN "refund_discrepancy" DECIMAL,
ADD COLUMN "refund_discrepancy_presentment" DECIMAL,
ADD COLUMN "original_total_duties" DECIMAL,
ADD COLUMN "original_total_duties_presentment" DECIMAL,
ADD COLUMN "original_total_additional_fees" DECIMAL,
ADD COLUMN "original_total_additional_fees_presentment" DECIMAL,
ADD COLUMN "total_cash_rounding_payment" DECIMAL,
ADD COLUMN "total_cash_rounding_payment_presentment" DECIMAL,
ADD COLUMN "total_cash_rounding_refund" DECIMAL,
ADD COLUMN "total_cash_rounding_refund_presentment" DECIMAL,
ADD COLUMN "current_cart_discount_amount" DECIMAL,
ADD COLUMN "current_cart_discount_amount_presentment" DECIMAL,
ADD COLUMN "current_shipping_price" DECIMAL,
ADD COLUMN "current_shipping_price_presentment" DECIMAL,
ADD COLUMN "current_total_duties" DECIMAL,
ADD COLUMN "current_total_duties_presentment" DECIMAL,
ADD COLUMN "current_total_additional_fees" DECIMAL,
ADD COLUMN "current_total_additional_fees_presentment" DECIMAL;

-- AlterTable
ALTER TABLE "core_warehouse"."order_line_items" ADD COLUMN "name" TEXT,
ADD COLUMN "refundable_quantity" INTEGER,
ADD COLUMN "unfulfilled_quantity" INTEGER,
ADD COLUMN "non_fulfillable_quantity" INTEGER,
ADD COLUMN "restockable" BOOLEAN,
ADD COLUMN "selling_plan_id" BIGINT,
ADD COLUMN "selling_plan_name" TEXT,
ADD COLUMN "line_item_group_id" TEXT,
ADD COLUMN "line_item_group_title" TEXT,
ADD COLUMN "custom_attributes" JSONB,
ADD COLUMN "discounted_unit_price" DECIMAL,
ADD COLUMN "discounted_unit_price_presentment" DECIMAL,
ADD COLUMN "discounted_unit_price_after_all_discounts" DECIMAL,
ADD COLUMN "discounted_unit_price_after_all_discounts_presentment" DECIMAL,
ADD COLUMN "unfulfilled_original_total" DECIMAL,
ADD COLUMN "unfulfilled_original_total_presentment" DECIMAL,
ADD COLUMN "unfulfilled_discounted_total" DECIMAL,
ADD COLUMN "unfulfilled_discounted_total_presentment" DECIMAL;

-- CreateTable
CREATE TABLE "staging_ingest"."shopify_order_details_raw" (
    "shop_id" TEXT NOT NULL,
    "order_id" BIGINT NOT NULL,
    "payload" JSONB NOT NULL,
    "payload_hash" BYTEA NOT NULL,
    "updated_at" TIMESTAMPTZ(6),
    "received_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "road" TEXT NOT NULL,

    CONSTRAINT "shopify_order_details_raw_pkey" PRIMARY KEY ("shop_id","order_id")
);

-- CreateTable
CREATE TABLE "core_warehouse"."order_tax_lines" (
    "shop_id" TEXT NOT NULL,
    "order_id" BIGINT NOT NULL,
    "taxed" TEXT NOT NULL,
    "taxed_position" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "taxed_id" BIGINT,
    "title" TEXT,
    "rate" DECIMAL,
    "source" TEXT,
    "channel_liable" BOOLEAN,
    "price" DECIMAL,
    "price_presentment" DECIMAL,
    "currency" TEXT,

    CONSTRAINT "order_tax_lines_pkey" PRIMARY KEY ("shop_id","order_id","taxed","taxed_position","position")
);

-- CreateTable
CREATE TABLE "core_warehouse"."order_shipping_lines" (
    "shop_id" TEXT NOT NULL,
    "order_id" BIGINT NOT NULL,
    "position" INTEGER NOT NULL,
    "shipping_line_id" BIGINT,
    "title" TEXT,
    "code" TEXT,
    "source" TEXT,
    "carrier_identifier" TEXT,
    "delivery_category" TEXT,
    "custom" BOOLEAN,
    "is_removed" BOOLEAN,
    "original_price" DECIMAL,
    "original_price_presentment" DECIMAL,
    "discounted_price" DECIMAL,
    "discounted_price_presentment" DECIMAL,
    "current_discounted_price" DECIMAL,
    "current_discounted_price_presentment" DECIMAL,
    "currency" TEXT,

    CONSTRAINT "order_shipping_lines_pkey" PRIMARY KEY ("shop_id","order_id","position")
);

-- CreateTable
CREATE TABLE "core_warehouse"."order_discount_applications" (
    "shop_id" TEXT NOT NULL,
    "order_id" BIGINT NOT NULL,
    "position" INTEGER NOT NULL,
    "index" INTEGER,
    "type" TEXT,
    "code" TEXT,
    "title" TEXT,
    "description" TEXT,
    "allocation_method" TEXT,
    "target_selection" TEXT,
    "target_type" TEXT,
    "value_percentage" DECIMAL,
    "value_amount" DECIMAL,
    "value_currency" TEXT,

    CONSTRAINT "order_discount_applications_pkey" PRIMARY KEY ("shop_id","order_id","position")
);

-- CreateTable
CREATE TABLE "core_warehouse"."order_discount_allocations" (
    "shop_id" TEXT NOT NULL,
    "order_id" BIGINT NOT NULL,
    "target" TEXT NOT NULL,
    "target_position" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "target_id" BIGINT,
    "discount_application_index" INTEGER,
    "allocated_amount" DECIMAL,
    "allocated_amount_presentment" DECIMAL,
    "currency" TEXT,

    CONSTRAINT "order_discount_allocations_pkey" PRIMARY KEY ("shop_id","order_id","target","target_position","position")
);

-- CreateTable
CREATE TABLE "core_warehouse"."order_duties" (
    "shop_id" TEXT NOT NULL,
    "duty_id" BIGINT NOT NULL,
    "order_id" BIGINT NOT NULL,
    "line_item_id" BIGINT,
    "country_code_of_origin" TEXT,
    "harmonized_system_code" TEXT,
    "price" DECIMAL,
    "price_presentment" DECIMAL,
    "currency" TEXT,

    CONSTRAINT "order_duties_pkey" PRIMARY KEY ("shop_id","duty_id")
);

-- CreateTable
CREATE TABLE "core_warehouse"."order_additional_fees" (
    "shop_id" TEXT NOT NULL,
    "additional_fee_id" BIGINT NOT NULL,
    "order_id" BIGINT NOT NULL,
    "name" TEXT,
    "price" DECIMAL,
    "price_presentment" DECIMAL,
    "currency" TEXT,

    CONSTRAINT "order_additional_fees_pkey" PRIMARY KEY ("shop_id","additional_fee_id")
);

-- AlterTable
ALTER TABLE "core_warehouse"."transactions" ADD COLUMN "manual_payment_gateway" BOOLEAN,
ADD COLUMN "payment_method_name" TEXT,
ADD COLUMN "card_company" TEXT,
ADD COLUMN "wallet" TEXT,
ADD COLUMN "payment_id" TEXT,
ADD COLUMN "error_code" TEXT,
ADD COLUMN "location_id" BIGINT,
ADD COLUMN "amount_rounding_presentment" DECIMAL,
ADD COLUMN "total_unsettled" DECIMAL,
ADD COLUMN "total_unsettled_presentment" DECIMAL,
ADD COLUMN "settlement_currency" TEXT,
ADD COLUMN "settlement_currency_rate" DECIMAL,
ADD COLUMN "currency_exchange_adjustment" DECIMAL,
ADD COLUMN "currency_exchange_adjustment_currency" TEXT;

-- CreateTable
CREATE TABLE "core_warehouse"."transaction_fees" (
    "shop_id" TEXT NOT NULL,
    "fee_id" BIGINT NOT NULL,
    "order_id" BIGINT NOT NULL,
    "transaction_id" BIGINT,
    "type" TEXT,
    "rate" DECIMAL,
    "rate_name" TEXT,
    "flat_fee_name" TEXT,
    "amount" DECIMAL,
    "flat_fee" DECIMAL,
    "tax_amount" DECIMAL,
    "currency" TEXT,

    CONSTRAINT "transaction_fees_pkey" PRIMARY KEY ("shop_id","fee_id")
);

-- AlterTable
ALTER TABLE "core_warehouse"."refunds" ADD COLUMN "processed_at" TIMESTAMPTZ(6),
ADD COLUMN "updated_at" TIMESTAMPTZ(6);

-- CreateTable
CREATE TABLE "core_warehouse"."refund_duties" (
    "shop_id" TEXT NOT NULL,
    "refund_id" BIGINT NOT NULL,
    "position" INTEGER NOT NULL,
    "order_id" BIGINT NOT NULL,
    "original_duty_id" BIGINT,
    "amount" DECIMAL,
    "amount_presentment" DECIMAL,
    "currency" TEXT,

    CONSTRAINT "refund_duties_pkey" PRIMARY KEY ("shop_id","refund_id","position")
);

-- CreateTable
CREATE TABLE "core_warehouse"."fulfillments" (
    "shop_id" TEXT NOT NULL,
    "fulfillment_id" BIGINT NOT NULL,
    "order_id" BIGINT NOT NULL,
    "name" TEXT,
    "status" TEXT,
    "display_status" TEXT,
    "created_at" TIMESTAMPTZ(6),
    "updated_at" TIMESTAMPTZ(6),
    "in_transit_at" TIMESTAMPTZ(6),
    "delivered_at" TIMESTAMPTZ(6),
    "estimated_delivery_at" TIMESTAMPTZ(6),
    "requires_shipping" BOOLEAN,
    "total_quantity" INTEGER,
    "location_id" BIGINT,
    "tracking_companies" TEXT[],
    "tracking_numbers" TEXT[],
    "tracking_urls" TEXT[],

    CONSTRAINT "fulfillments_pkey" PRIMARY KEY ("shop_id","fulfillment_id")
);

-- AlterTable
ALTER TABLE "core_warehouse"."order_sales" ADD COLUMN "refund_id" BIGINT,
ADD COLUMN "shipping_line_id" BIGINT,
ADD COLUMN "duty_id" BIGINT,
ADD COLUMN "fee_id" BIGINT,
ADD COLUMN "total_amount_presentment" DECIMAL,
ADD COLUMN "total_tax_amount_presentment" DECIMAL,
ADD COLUMN "total_discount_before_taxes_presentment" DECIMAL,
ADD COLUMN "total_discount_after_taxes_presentment" DECIMAL;

-- CreateTable
CREATE TABLE "core_warehouse"."refund_line_items" (
    "shop_id" TEXT NOT NULL,
    "refund_id" BIGINT NOT NULL,
    "position" INTEGER NOT NULL,
    "order_id" BIGINT NOT NULL,
    "refund_line_item_id" BIGINT,
    "line_item_id" BIGINT,
    "quantity" INTEGER,
    "restock_type" TEXT,
    "restocked" BOOLEAN,
    "location_id" BIGINT,
    "price" DECIMAL,
    "price_presentment" DECIMAL,
    "subtotal" DECIMAL,
    "subtotal_presentment" DECIMAL,
    "total_tax" DECIMAL,
    "total_tax_presentment" DECIMAL,
    "currency" TEXT,

    CONSTRAINT "refund_line_items_pkey" PRIMARY KEY ("shop_id","refund_id","position")
);

-- CreateTable
CREATE TABLE "core_warehouse"."refund_shipping_lines" (
    "shop_id" TEXT NOT NULL,
    "refund_shipping_line_id" BIGINT NOT NULL,
    "refund_id" BIGINT,
    "order_id" BIGINT NOT NULL,
    "shipping_line_id" BIGINT,
    "subtotal_amount" DECIMAL,
    "subtotal_amount_presentment" DECIMAL,
    "tax_amount" DECIMAL,
    "tax_amount_presentment" DECIMAL,
    "currency" TEXT,

    CONSTRAINT "refund_shipping_lines_pkey" PRIMARY KEY ("shop_id","refund_shipping_line_id")
);

-- CreateTable
CREATE TABLE "core_warehouse"."order_adjustments" (
    "shop_id" TEXT NOT NULL,
    "order_adjustment_id" BIGINT NOT NULL,
    "refund_id" BIGINT,
    "order_id" BIGINT NOT NULL,
    "reason" TEXT,
    "amount" DECIMAL,
    "amount_presentment" DECIMAL,
    "tax_amount" DECIMAL,
    "tax_amount_presentment" DECIMAL,
    "currency" TEXT,

    CONSTRAINT "order_adjustments_pkey" PRIMARY KEY ("shop_id","order_adjustment_id")
);

-- CreateTable
CREATE TABLE "core_warehouse"."refund_transactions" (
    "shop_id" TEXT NOT NULL,
    "refund_id" BIGINT NOT NULL,
    "transaction_id" BIGINT NOT NULL,
    "order_id" BIGINT NOT NULL,

    CONSTRAINT "refund_transactions_pkey" PRIMARY KEY ("shop_id","refund_id","transaction_id")
);

-- CreateTable
CREATE TABLE "core_warehouse"."fulfillment_line_items" (
    "shop_id" TEXT NOT NULL,
    "fulfillment_line_item_id" BIGINT NOT NULL,
    "fulfillment_id" BIGINT,
    "order_id" BIGINT NOT NULL,
    "line_item_id" BIGINT,
    "quantity" INTEGER,
    "original_total" DECIMAL,
    "original_total_presentment" DECIMAL,
    "discounted_total" DECIMAL,
    "discounted_total_presentment" DECIMAL,
    "currency" TEXT,

    CONSTRAINT "fulfillment_line_items_pkey" PRIMARY KEY ("shop_id","fulfillment_line_item_id")
);

-- CreateTable
CREATE TABLE "core_warehouse"."fulfillment_events" (
    "shop_id" TEXT NOT NULL,
    "fulfillment_event_id" BIGINT NOT NULL,
    "fulfillment_id" BIGINT,
    "order_id" BIGINT NOT NULL,
    "status" TEXT,
    "happened_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6),
    "estimated_delivery_at" TIMESTAMPTZ(6),
    "message" TEXT,
    "city" TEXT,
    "province" TEXT,
    "country" TEXT,
    "zip" TEXT,

    CONSTRAINT "fulfillment_events_pkey" PRIMARY KEY ("shop_id","fulfillment_event_id")
);

-- CreateTable
CREATE TABLE "core_warehouse"."returns" (
    "shop_id" TEXT NOT NULL,
    "return_id" BIGINT NOT NULL,
    "order_id" BIGINT NOT NULL,
    "name" TEXT,
    "status" TEXT,
    "created_at" TIMESTAMPTZ(6),
    "request_approved_at" TIMESTAMPTZ(6),
    "closed_at" TIMESTAMPTZ(6),
    "decline_reason" TEXT,
    "total_quantity" INTEGER,
    "refund_ids" BIGINT[],

    CONSTRAINT "returns_pkey" PRIMARY KEY ("shop_id","return_id")
);

-- CreateTable
CREATE TABLE "core_warehouse"."return_line_items" (
    "shop_id" TEXT NOT NULL,
    "return_line_item_id" BIGINT NOT NULL,
    "return_id" BIGINT,
    "order_id" BIGINT NOT NULL,
    "type" TEXT,
    "line_item_id" BIGINT,
    "fulfillment_line_item_id" BIGINT,
    "quantity" INTEGER,
    "processable_quantity" INTEGER,
    "processed_quantity" INTEGER,
    "unprocessed_quantity" INTEGER,
    "refundable_quantity" INTEGER,
    "refunded_quantity" INTEGER,
    "return_reason_handle" TEXT,
    "return_reason_name" TEXT,
    "return_reason_note" TEXT,
    "customer_note" TEXT,
    "with_code_discounted_total_price" DECIMAL,
    "with_code_discounted_total_price_presentment" DECIMAL,
    "currency" TEXT,

    CONSTRAINT "return_line_items_pkey" PRIMARY KEY ("shop_id","return_line_item_id")
);

-- CreateTable
CREATE TABLE "core_warehouse"."return_fees" (
    "shop_id" TEXT NOT NULL,
    "return_id" BIGINT NOT NULL,
    "fee_id" BIGINT NOT NULL,
    "type" TEXT,
    "order_id" BIGINT NOT NULL,
    "return_line_item_id" BIGINT,
    "percentage" DECIMAL,
    "amount" DECIMAL,
    "amount_presentment" DECIMAL,
    "currency" TEXT,

    CONSTRAINT "return_fees_pkey" PRIMARY KEY ("shop_id","return_id","fee_id")
);

-- CreateTable
CREATE TABLE "core_warehouse"."order_visits" (
    "shop_id" TEXT NOT NULL,
    "order_id" BIGINT NOT NULL,
    "position" INTEGER NOT NULL,
    "visit_id" BIGINT,
    "occurred_at" TIMESTAMPTZ(6),
    "landing_page" TEXT,
    "referrer_url" TEXT,
    "referral_code" TEXT,
    "source" TEXT,
    "source_description" TEXT,
    "source_type" TEXT,
    "utm_source" TEXT,
    "utm_medium" TEXT,
    "utm_campaign" TEXT,
    "utm_content" TEXT,
    "utm_term" TEXT,

    CONSTRAINT "order_visits_pkey" PRIMARY KEY ("shop_id","order_id","position")
);

-- CreateTable
CREATE TABLE "core_warehouse"."order_metafields" (
    "shop_id" TEXT NOT NULL,
    "order_id" BIGINT NOT NULL,
    "namespace" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "type" TEXT,
    "value" TEXT,

    CONSTRAINT "order_metafields_pkey" PRIMARY KEY ("shop_id","order_id","namespace","key")
);

-- Metafields of orders that the shop wants to see, `namespace.key`.
ALTER TABLE "app_dashboard"."shops" ADD COLUMN "order_metafields" TEXT[] DEFAULT ARRAY[]::TEXT[];
ALTER TABLE app_dashboard.shops ADD CONSTRAINT shops_order_metafields_check
  CHECK (array_to_string(order_metafields, ' ', '') ~ '^([A-Za-z0-9_-]+\.[A-Za-z0-9_-]+( |$))*$');

-- CreateIndex
CREATE INDEX "order_duties_shop_id_order_id_idx" ON "core_warehouse"."order_duties"("shop_id", "order_id");

-- CreateIndex
CREATE INDEX "order_additional_fees_shop_id_order_id_idx" ON "core_warehouse"."order_additional_fees"("shop_id", "order_id");

-- CreateIndex
CREATE INDEX "transaction_fees_shop_id_order_id_idx" ON "core_warehouse"."transaction_fees"("shop_id", "order_id");

-- CreateIndex
CREATE INDEX "refund_duties_shop_id_order_id_idx" ON "core_warehouse"."refund_duties"("shop_id", "order_id");

-- CreateIndex
CREATE INDEX "fulfillments_shop_id_order_id_idx" ON "core_warehouse"."fulfillments"("shop_id", "order_id");

-- CreateIndex
CREATE INDEX "refund_line_items_shop_id_order_id_idx" ON "core_warehouse"."refund_line_items"("shop_id", "order_id");

-- CreateIndex
CREATE INDEX "refund_shipping_lines_shop_id_order_id_idx" ON "core_warehouse"."refund_shipping_lines"("shop_id", "order_id");

-- CreateIndex
CREATE INDEX "order_adjustments_shop_id_order_id_idx" ON "core_warehouse"."order_adjustments"("shop_id", "order_id");

-- CreateIndex
CREATE INDEX "refund_transactions_shop_id_order_id_idx" ON "core_warehouse"."refund_transactions"("shop_id", "order_id");

-- CreateIndex
CREATE INDEX "fulfillment_line_items_shop_id_order_id_idx" ON "core_warehouse"."fulfillment_line_items"("shop_id", "order_id");

-- CreateIndex
CREATE INDEX "fulfillment_events_shop_id_order_id_idx" ON "core_warehouse"."fulfillment_events"("shop_id", "order_id");

-- CreateIndex
CREATE INDEX "returns_shop_id_order_id_idx" ON "core_warehouse"."returns"("shop_id", "order_id");

-- CreateIndex
CREATE INDEX "return_line_items_shop_id_order_id_idx" ON "core_warehouse"."return_line_items"("shop_id", "order_id");

-- CreateIndex
CREATE INDEX "return_fees_shop_id_order_id_idx" ON "core_warehouse"."return_fees"("shop_id", "order_id");

ALTER TABLE staging_ingest.shopify_order_details_raw ADD CONSTRAINT shopify_order_details_raw_road_check
  CHECK (road IN ('BULK', 'PAGE'));
-- As shopify_orders_raw: written once, read seldom (see migration 20).
DO $$
BEGIN
  ALTER TABLE staging_ingest.shopify_order_details_raw ALTER COLUMN payload SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported THEN
  ALTER TABLE staging_ingest.shopify_order_details_raw ALTER COLUMN payload SET STORAGE EXTERNAL;
END
$$;

-- Every new table: the rows of visible shops; FORCE binds the owner as well.
DO $$
DECLARE
  tenant_table regclass;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY[
    'staging_ingest.shopify_order_details_raw',
    'core_warehouse.order_tax_lines',
    'core_warehouse.order_shipping_lines',
    'core_warehouse.order_discount_applications',
    'core_warehouse.order_discount_allocations',
    'core_warehouse.order_duties',
    'core_warehouse.order_additional_fees',
    'core_warehouse.transaction_fees',
    'core_warehouse.refund_duties',
    'core_warehouse.fulfillments',
    'core_warehouse.refund_line_items',
    'core_warehouse.refund_shipping_lines',
    'core_warehouse.order_adjustments',
    'core_warehouse.refund_transactions',
    'core_warehouse.fulfillment_line_items',
    'core_warehouse.fulfillment_events',
    'core_warehouse.returns',
    'core_warehouse.return_line_items',
    'core_warehouse.return_fees',
    'core_warehouse.order_visits',
    'core_warehouse.order_metafields'
  ]::regclass[] LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format(
      'CREATE POLICY visible_shops ON %s TO merit_web, merit_worker
         USING (shop_id = ANY ((SELECT app_dashboard.visible_shop_ids())::text[]))',
      tenant_table
    );
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO merit_worker', tenant_table);
  END LOOP;
END
$$;
GRANT SELECT ON core_warehouse.order_tax_lines, core_warehouse.order_shipping_lines,
  core_warehouse.order_discount_applications, core_warehouse.order_discount_allocations,
  core_warehouse.order_duties, core_warehouse.order_additional_fees,
  core_warehouse.transaction_fees, core_warehouse.refund_duties, core_warehouse.fulfillments,
  core_warehouse.refund_line_items, core_warehouse.refund_shipping_lines,
  core_warehouse.order_adjustments, core_warehouse.refund_transactions,
  core_warehouse.fulfillment_line_items, core_warehouse.fulfillment_events,
  core_warehouse.returns, core_warehouse.return_line_items, core_warehouse.return_fees,
  core_warehouse.order_visits,
  core_warehouse.order_metafields TO merit_web;

CREATE OR REPLACE FUNCTION core_warehouse.refresh_statistics() RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = ''
AS $$
BEGIN
  ANALYZE core_warehouse.orders, core_warehouse.order_sales, core_warehouse.transactions,
    core_warehouse.order_line_items, core_warehouse.refunds, staging_ingest.shopify_orders_raw,
    reporting.daily_shopify_metrics, bulk_load.lines, staging_ingest.shopify_order_details_raw,
    core_warehouse.order_tax_lines,
    core_warehouse.order_shipping_lines,
    core_warehouse.order_discount_applications,
    core_warehouse.order_discount_allocations,
    core_warehouse.order_duties,
    core_warehouse.order_additional_fees,
    core_warehouse.transaction_fees,
    core_warehouse.refund_duties,
    core_warehouse.fulfillments,
    core_warehouse.refund_line_items,
    core_warehouse.refund_shipping_lines,
    core_warehouse.order_adjustments,
    core_warehouse.refund_transactions,
    core_warehouse.fulfillment_line_items,
    core_warehouse.fulfillment_events,
    core_warehouse.returns,
    core_warehouse.return_line_items,
    core_warehouse.return_fees,
    core_warehouse.order_visits,
    core_warehouse.order_metafields;
END
$$;
