import type pg from "pg";
import type { ShopDetails } from "~/connectors/shopify/shop-schemas";
import { rollupDays } from "./rollups/rollup-days.server";

/**
 * Stores what Shopify says of the shop, in the caller's transaction. Another time zone moves every
 * day's bounds, so all days are rolled up anew in the same transaction: no reader sees days of two
 * zones. Another currency starts a new series by itself, since every row names its currency.
 */
export async function updateShop(
  client: pg.ClientBase,
  shopId: string,
  details: ShopDetails,
): Promise<{ zoneChanged: boolean }> {
  const { rows } = await client.query<{ before: string | null }>(
    `UPDATE app_dashboard.shops AS shop SET name = $2, email = $3, currency = $4,
       iana_timezone = $5, plan_name = $6, shopify_plus = $7, country_code = $8, updated_at = now()
     FROM (
       SELECT shop_id, iana_timezone AS before FROM app_dashboard.shops
       WHERE shop_id = $1 FOR UPDATE
     ) AS known
     WHERE shop.shop_id = known.shop_id
     RETURNING known.before`,
    [
      shopId,
      details.name,
      details.email,
      details.currency,
      details.ianaTimezone,
      details.planName,
      details.shopifyPlus,
      details.countryCode,
    ],
  );
  const zoneChanged = rows.length > 0 && rows[0]?.before !== details.ianaTimezone;
  if (zoneChanged) await rollupDays(client, shopId, "all");
  return { zoneChanged };
}
