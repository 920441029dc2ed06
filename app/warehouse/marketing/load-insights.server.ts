import type pg from "pg";
import type { InsightRow } from "~/connectors/meta/insights-schemas";
import { rollupMarketing } from "./rollup-marketing.server";
import { type InsightScope, stageInsights } from "./stage-insights.server";
import { deleteUnstaged, writeMarketing } from "./write-marketing.server";

/** All that Meta has of some days of an ad account, at both levels. */
export interface InsightDays extends Omit<InsightScope, "level"> {
  /** Of the ad account, where a row does not name its own. */
  currency: string;
  rows: Readonly<Record<InsightScope["level"], readonly InsightRow[]>>;
}

/**
 * The one way of insights into the warehouse: staging, facts and rollup, in the caller's
 * transaction. Idempotent; what Meta no longer names is gone afterwards. Answers how many rows were
 * new or changed.
 */
export async function loadInsights(
  client: pg.ClientBase,
  shopId: string,
  { adAccountId, range, currency, rows }: InsightDays,
): Promise<number> {
  let changed = 0;
  for (const level of ["account", "campaign"] as const) {
    const staged = await stageInsights(client, shopId, { adAccountId, level, range }, rows[level]);
    await writeMarketing(client, shopId, { adAccountId, level, currency }, staged);
    changed += staged.length;
  }
  await deleteUnstaged(client, shopId, { adAccountId, range });
  await rollupMarketing(client, shopId, { adAccountId, range });
  return changed;
}
