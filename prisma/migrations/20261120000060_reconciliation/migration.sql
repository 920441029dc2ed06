-- Our figures held against Shopify's own report: what each day came to, and each run as a whole.

-- CreateTable
CREATE TABLE "reporting"."reconciliations" (
    "shop_id" TEXT NOT NULL,
    "job_id" UUID NOT NULL,
    "method" TEXT,
    "currency" TEXT NOT NULL,
    "from_day" DATE,
    "to_day" DATE,
    "whole_history" BOOLEAN NOT NULL,
    "days" INTEGER NOT NULL,
    "days_differing" INTEGER NOT NULL,
    "days_repaired" INTEGER NOT NULL,
    "days_skipped" INTEGER NOT NULL,
    "orders_reread" INTEGER NOT NULL,
    "orders_counted" INTEGER NOT NULL,
    "orders_stored" INTEGER NOT NULL,
    "orders_found" INTEGER NOT NULL,
    "orders_deleted" INTEGER NOT NULL,
    "failure" TEXT,
    "checked_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "reconciliations_pkey" PRIMARY KEY ("shop_id","job_id")
);

-- CreateTable
CREATE TABLE "reporting"."daily_reconciliation" (
    "shop_id" TEXT NOT NULL,
    "grain" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "currency" TEXT NOT NULL,
    "metric" TEXT NOT NULL,
    "ours" DECIMAL NOT NULL,
    "theirs" DECIMAL NOT NULL,
    "difference" DECIMAL NOT NULL,
    "ours_before" DECIMAL,
    "repaired_at" TIMESTAMPTZ(6),
    "checked_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "daily_reconciliation_pkey" PRIMARY KEY ("shop_id","grain","day","currency","metric")
);

-- CreateIndex
CREATE INDEX "reconciliations_shop_id_checked_at_idx" ON "reporting"."reconciliations"("shop_id", "checked_at");

-- Allowed words.
ALTER TABLE reporting.reconciliations ADD CONSTRAINT reconciliations_method_check
  CHECK (method IN ('SHOPIFYQL', 'IDENTITIES'));
ALTER TABLE reporting.daily_reconciliation ADD CONSTRAINT daily_reconciliation_grain_check
  CHECK (grain IN ('DAY', 'MONTH'));
ALTER TABLE app_dashboard.sync_jobs DROP CONSTRAINT sync_jobs_job_type_check;
ALTER TABLE app_dashboard.sync_jobs ADD CONSTRAINT sync_jobs_job_type_check
  CHECK (job_type IN ('HISTORICAL_INIT', 'HISTORICAL_REBUILD', 'INCREMENTAL', 'RECONCILE'));

-- The same guard as on every other tenant table (migration 3).
DO $$
DECLARE
  tenant_table regclass;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY[
    'reporting.reconciliations', 'reporting.daily_reconciliation'
  ]::regclass[] LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format(
      'CREATE POLICY visible_shops ON %s TO merit_web, merit_worker
         USING (shop_id = ANY ((SELECT app_dashboard.visible_shop_ids())::text[]))',
      tenant_table
    );
    EXECUTE format('GRANT SELECT ON %s TO merit_web', tenant_table);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO merit_worker', tenant_table);
  END LOOP;
END
$$;
