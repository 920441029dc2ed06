import type pg from "pg";
import type { InsightRow } from "~/connectors/meta/insights-schemas";
import { DefectError } from "~/lib/errors";
import type { DayRange } from "~/lib/time";
import { hashDocument } from "../staging/hash-document.server";

/** Which rows of which days are meant: days of the ad account, both ends included. */
export interface InsightScope {
  adAccountId: string;
  level: "account" | "campaign";
  range: DayRange;
}

/** A row that staging took, as it is stored. */
export interface StagedInsight {
  entityId: string;
  document: InsightRow;
  hash: Buffer;
}

/**
 * Makes staging hold exactly these rows for the scope, which must be all that Meta has of it: what
 * it no longer names goes, an unchanged hash writes nothing. Answers those that were new or changed.
 */
export async function stageInsights(
  client: pg.ClientBase,
  shopId: string,
  scope: InsightScope,
  rows: readonly InsightRow[],
): Promise<StagedInsight[]> {
  const candidates = rows.map((row) => candidate(scope, row));
  const values = [shopId, scope.adAccountId, scope.level];
  const text = JSON.stringify(
    candidates.map(({ entityId, document, hash }) => ({
      entity_id: entityId,
      day: document.date_start,
      payload: document,
      hash: `\\x${hash.toString("hex")}`,
    })),
  );
  await client.query(
    `DELETE FROM staging_ingest.meta_insights_raw AS stored
     WHERE shop_id = $1 AND ad_account_id = $2 AND level = $3 AND day BETWEEN $5 AND $6
       AND NOT EXISTS (
         SELECT FROM json_to_recordset($4::json) AS r(entity_id text, day date)
         WHERE r.entity_id = stored.entity_id AND r.day = stored.day)`,
    [...values, text, scope.range.from, scope.range.to],
  );
  const { rows: taken } = await client.query<{ entity_id: string; day: string }>(
    `INSERT INTO staging_ingest.meta_insights_raw AS stored
       (shop_id, ad_account_id, level, entity_id, day, payload, payload_hash, received_at)
     SELECT $1, $2, $3, r.entity_id, r.day, r.payload, r.hash, now()
     FROM json_to_recordset($4::json) AS r(entity_id text, day date, payload jsonb, hash bytea)
     ON CONFLICT (shop_id, ad_account_id, level, entity_id, day) DO UPDATE SET
       payload = excluded.payload, payload_hash = excluded.payload_hash,
       received_at = excluded.received_at
     WHERE stored.payload_hash <> excluded.payload_hash
     RETURNING entity_id, day::text`,
    [...values, text],
  );
  const keys = new Set(taken.map(({ entity_id, day }) => `${entity_id} ${day}`));
  return candidates.filter(({ entityId, document }) =>
    keys.has(`${entityId} ${document.date_start}`),
  );
}

/** A row must be a day of what was asked for: anything else would be booked in a wrong place. */
function candidate({ adAccountId, level, range }: InsightScope, row: InsightRow): StagedInsight {
  const entityId = level === "account" ? adAccountId : row.campaign_id;
  const day = row.date_start;
  if (!entityId || row.date_stop !== day || day < range.from || day > range.to) {
    throw new DefectError(`Meta sent a row of ${day} to ${row.date_stop} that is not asked for.`, {
      code: "INSIGHT_NOT_ASKED",
      task: "stage_insights",
    });
  }
  const { document, hash } = hashDocument(row);
  return { entityId, document, hash };
}
