import type pg from "pg";
import { DefectError } from "~/lib/errors";

export interface ShopSettings {
  /** IANA name. */
  timezone: string;
  /** Whether every order that the shop ever had is stored, so that a first order is a first order. */
  wholeHistory: boolean;
}

/** Metafields of orders (`namespace.key`) that a shop's settings ask for. */
export async function orderMetafields(client: pg.ClientBase, shopId: string): Promise<string[]> {
  const { rows } = await client.query<{ names: string[] }>(
    "SELECT coalesce(order_metafields, '{}') AS names FROM app_dashboard.shops WHERE shop_id = $1",
    [shopId],
  );
  return rows[0]?.names ?? [];
}

/** What the warehouse must know of a shop before it can say on which day something happened. */
export async function shopSettings(client: pg.ClientBase, shopId: string): Promise<ShopSettings> {
  const { rows } = await client.query<{ timezone: string | null; whole: boolean }>(
    `SELECT iana_timezone AS timezone,
       history_complete_at IS NOT NULL AND coalesce(scopes, '') LIKE '%read_all_orders%' AS whole
     FROM app_dashboard.shops WHERE shop_id = $1`,
    [shopId],
  );
  const row = rows[0];
  if (!row?.timezone) {
    throw new DefectError(`Shop ${shopId} has no time zone stored.`, { code: "SHOP_INCOMPLETE" });
  }
  return { timezone: row.timezone, wholeHistory: row.whole };
}
