import type pg from "pg";
import type { AdminClient } from "~/connectors/shopify/admin-client.server";
import { createOrderReader } from "~/connectors/shopify/orders.server";
import { readSalesReport } from "~/connectors/shopify/sales-report.server";
import { listDays } from "~/lib/time";
import { readWatermark } from "~/sync/cursors.server";
import { type ComparedFigure, comparePeriods } from "~/warehouse/reconciliation/compare-periods";
import { ownFigures } from "~/warehouse/reconciliation/own-figures.server";
import { reconcilable } from "~/warehouse/reconciliation/reconcilable.server";
import { countStoredOrders } from "~/warehouse/reconciliation/stored-orders.server";
import { planReconciliation } from "../../../workers/syncs/reconcile/plan";
import { countedWindow, searchOf } from "../../../workers/syncs/reconcile/windows";
import { type Check, check } from "./report";

export interface AgainstShopify {
  counts: Record<string, number>;
  checks: Check[];
  /** Why nothing was asked, or not all; null when all was. */
  missing: string | null;
}

/**
 * The number of orders, and the newest 90 days, against what Shopify says now. Writes nothing. What
 * keeps Shopify from answering is told and is no finding.
 */
export async function againstShopify(
  client: pg.ClientBase,
  shopId: string,
  admin: AdminClient,
  { now, signal }: { now: Date; signal: AbortSignal },
): Promise<AgainstShopify> {
  const shop = await reconcilable(client, shopId);
  const watermark = await readWatermark(client, shopId, "orders");
  if (!shop || !watermark) {
    return { counts: {}, checks: [], missing: "the history has not been loaded yet" };
  }
  try {
    const window = countedWindow(watermark.toISOString(), shop.seesAllOrders);
    const counted = await createOrderReader(admin, "verify", signal).count(searchOf(window));
    const stored = await countStoredOrders(client, shopId, window);
    const apart = counted === stored ? [] : [`${counted} at Shopify, ${stored} stored`];
    const counts = {
      "orders that Shopify counts": counted,
      "orders stored of the same time": stored,
    };
    const checks = [check("number of orders against Shopify", apart)];
    const { days } = planReconciliation(shop, { days: [], months: [] }, watermark, now);
    const report = days && (await readSalesReport(admin, { ...days, grain: "day", signal }));
    if (!days || !report) return { counts, checks, missing: days ? NO_REPORT : null };
    const own = await ownFigures(client, shopId, shop.currency, { ...days, grain: "day" });
    const comparable = listDays(days).filter((day) => !own.inOtherCurrency.includes(day));
    const figures = comparePeriods(comparable, own.figures, report);
    const words = figures.filter(({ difference }) => difference !== "0").map(differenceWords);
    return {
      counts,
      checks: [...checks, check("newest days against Shopify's report", words)],
      missing: null,
    };
  } catch (error) {
    return {
      counts: {},
      checks: [],
      missing: error instanceof Error ? error.message : String(error),
    };
  }
}

const NO_REPORT = "its sales report may not be read (read_reports)";

/** A difference in words. */
export function differenceWords({ day, metric, ours, theirs }: ComparedFigure): string {
  return `${day} ${metric}: ${ours} here, ${theirs} at Shopify`;
}
