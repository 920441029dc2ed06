import type pg from "pg";
import { inScope, type MarketingScope, scopeValues } from "./write-marketing.server";

/**
 * Makes `reporting.daily_meta_metrics` of an ad account's days (or of all ad accounts and days)
 * anew from the account-level facts: the deeper levels are never summed into it. A day without a
 * fact has no row. Idempotent; runs in the caller's transaction.
 */
export async function rollupMarketing(
  client: pg.ClientBase,
  shopId: string,
  scope: MarketingScope,
): Promise<void> {
  await client.query(ROLLUP, [shopId, ...scopeValues(scope)]);
}

const FIGURES = ["spend", "impressions", "clicks", "link_clicks", "purchases", "purchase_value"];

const ROLLUP = `
  WITH emptied AS (
    DELETE FROM reporting.daily_meta_metrics AS m
    WHERE ${inScope("m")} AND NOT EXISTS (
      SELECT FROM core_warehouse.fact_marketing_daily AS fact
      WHERE fact.shop_id = m.shop_id AND fact.platform = 'META'
        AND fact.ad_account_id = m.ad_account_id AND fact.day = m.day)
  )
  INSERT INTO reporting.daily_meta_metrics
    (shop_id, ad_account_id, day, currency, ${FIGURES.join(", ")}, updated_at)
  SELECT fact.shop_id, fact.ad_account_id, fact.day, fact.currency,
    ${FIGURES.map((figure) => `coalesce(fact.${figure}, 0)`).join(", ")}, now()
  FROM core_warehouse.fact_marketing_daily AS fact
  WHERE ${inScope("fact")} AND fact.platform = 'META'
  ON CONFLICT (shop_id, ad_account_id, day) DO UPDATE SET currency = excluded.currency,
    ${FIGURES.map((figure) => `${figure} = excluded.${figure}`).join(", ")},
    updated_at = excluded.updated_at`;
