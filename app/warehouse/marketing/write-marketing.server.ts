import type pg from "pg";
import { upsertRows } from "../facts/upsert-rows.server";
import { insightFigures } from "./insight-figures";
import { MARKETING_CAMPAIGN_DAILY, MARKETING_DAILY } from "./marketing-tables";
import type { InsightScope, StagedInsight } from "./stage-insights.server";

const PLATFORM = "META";

/** Writes the facts of staged rows of one ad account and level. */
export async function writeMarketing(
  client: pg.ClientBase,
  shopId: string,
  {
    adAccountId,
    level,
    currency,
  }: Pick<InsightScope, "adAccountId" | "level"> & { currency: string },
  staged: readonly StagedInsight[],
): Promise<void> {
  const rows = staged.map(({ entityId, document, hash }) => {
    const { campaign_id, campaign_name, objective, ...figures } = insightFigures(
      document,
      currency,
    );
    const payload_hash = `\\x${hash.toString("hex")}`;
    const daily = { platform: PLATFORM, ad_account_id: adAccountId, payload_hash, ...figures };
    return {
      daily,
      deeper: { ...daily, level, entity_id: entityId, campaign_id, campaign_name, objective },
    };
  });
  if (level === "account") {
    const daily = rows.map((row) => row.daily);
    await upsertRows(client, shopId, MARKETING_DAILY, daily);
  } else {
    const deeper = rows.map((row) => row.deeper);
    await upsertRows(client, shopId, MARKETING_CAMPAIGN_DAILY, deeper);
  }
}

/** Days of one ad account, or everything the shop has. */
export type MarketingScope = Pick<InsightScope, "adAccountId" | "range"> | "all";

/** The scope as `$2`, `$3`, `$4` of a statement; all null for everything. */
export function scopeValues(scope: MarketingScope): (string | null)[] {
  if (scope === "all") return [null, null, null];
  return [scope.adAccountId, scope.range.from, scope.range.to];
}

/** The rows of a table that the scope means. */
export const inScope = (table: string) => `${table}.shop_id = $1 AND ($2::text IS NULL
  OR ${table}.ad_account_id = $2 AND ${table}.day BETWEEN $3::date AND $4::date)`;

/** Removes facts that staging has no row for any more. */
export async function deleteUnstaged(
  client: pg.ClientBase,
  shopId: string,
  scope: MarketingScope,
): Promise<void> {
  const values = [shopId, ...scopeValues(scope)];
  await client.query(
    `DELETE FROM core_warehouse.fact_marketing_daily AS fact
     WHERE ${inScope("fact")} AND NOT EXISTS (
       SELECT FROM staging_ingest.meta_insights_raw AS raw
       WHERE raw.shop_id = fact.shop_id AND raw.ad_account_id = fact.ad_account_id
         AND raw.level = 'account' AND raw.day = fact.day)`,
    values,
  );
  await client.query(
    `DELETE FROM core_warehouse.fact_marketing_campaign_daily AS fact
     WHERE ${inScope("fact")} AND NOT EXISTS (
       SELECT FROM staging_ingest.meta_insights_raw AS raw
       WHERE raw.shop_id = fact.shop_id AND raw.ad_account_id = fact.ad_account_id
         AND raw.level = fact.level AND raw.entity_id = fact.entity_id AND raw.day = fact.day)`,
    values,
  );
}
