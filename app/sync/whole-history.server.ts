import { z } from "zod";
import type { TenantTx } from "~/lib/tenant-db.server";
import type { Platform } from "./job-types";

const answer = z.array(z.object({ whole: z.boolean().nullable() }));

/**
 * Whether a platform's history was once read whole, so that only what is new has to be read: of
 * Shopify's orders, or of every ad account that is chosen.
 */
export async function hasWholeHistory(
  tx: TenantTx,
  shopId: string,
  platform: Platform,
): Promise<boolean> {
  const rows =
    platform === "SHOPIFY"
      ? await tx.$queryRaw`
          SELECT history_complete_at IS NOT NULL AS whole
          FROM app_dashboard.shops WHERE shop_id = ${shopId}`
      : await tx.$queryRaw`
          SELECT bool_and(coalesce((cursor.detail ->> 'complete')::boolean, false)) AS whole
          FROM app_dashboard.ad_accounts account
          LEFT JOIN app_dashboard.sync_cursors cursor ON cursor.shop_id = account.shop_id
            AND cursor.platform = 'META' AND cursor.stream = 'insights:' || account.ad_account_id
          WHERE account.shop_id = ${shopId} AND account.platform = 'META' AND account.selected`;
  return answer.parse(rows)[0]?.whole ?? false;
}
