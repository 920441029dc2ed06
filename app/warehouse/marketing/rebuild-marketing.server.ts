import type pg from "pg";
import type { InsightRow } from "~/connectors/meta/insights-schemas";
import { DefectError } from "~/lib/errors";
import { rollupMarketing } from "./rollup-marketing.server";
import type { InsightScope, StagedInsight } from "./stage-insights.server";
import { deleteUnstaged, writeMarketing } from "./write-marketing.server";

interface StoredSeries extends Pick<InsightScope, "adAccountId" | "level"> {
  currency: string | null;
}

/**
 * Makes the facts and the rollup of a shop's ads anew from staging alone, in the caller's
 * transaction. Answers the number of raw rows.
 */
export async function rebuildMarketing(client: pg.ClientBase, shopId: string): Promise<number> {
  const { rows: series } = await client.query<StoredSeries>(
    `SELECT ad_account_id AS "adAccountId", level, max(payload ->> 'account_currency') AS currency
     FROM staging_ingest.meta_insights_raw WHERE shop_id = $1 GROUP BY 1, 2 ORDER BY 1, 2`,
    [shopId],
  );
  let total = 0;
  for (const { adAccountId, level, currency } of series) {
    if (!currency) throw withoutCurrency(adAccountId);
    const { rows } = await client.query<{ entity_id: string; payload: InsightRow; hash: Buffer }>(
      `SELECT entity_id, payload, payload_hash AS hash FROM staging_ingest.meta_insights_raw
       WHERE shop_id = $1 AND ad_account_id = $2 AND level = $3`,
      [shopId, adAccountId, level],
    );
    const staged = rows.map(
      ({ entity_id, payload, hash }): StagedInsight => ({
        entityId: entity_id,
        document: payload,
        hash,
      }),
    );
    await writeMarketing(client, shopId, { adAccountId, level, currency }, staged);
    total += rows.length;
  }
  await deleteUnstaged(client, shopId, "all");
  await rollupMarketing(client, shopId, "all");
  return total;
}

function withoutCurrency(adAccountId: string): DefectError {
  return new DefectError(`No raw row of ${adAccountId} names its currency.`, {
    code: "INSIGHT_CURRENCY",
    task: "rebuild_marketing",
  });
}
