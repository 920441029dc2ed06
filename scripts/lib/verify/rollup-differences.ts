import Big from "big.js";
import type pg from "pg";
import { shopSettings } from "~/warehouse/shop-settings.server";
import { recomputeDays } from "./recompute-days";
import { type Check, check } from "./report";

/** What a stored day is named by, and when it was written: no figures. */
const NO_FIGURES = new Set(["shop_id", "day", "currency", "updated_at"]);

/** The stored rollup against a recomputation from the facts: days, and every figure of each. */
export async function rollupDifferences(client: pg.ClientBase, shopId: string): Promise<Check[]> {
  const fresh = await recomputeDays(client, shopId, await shopSettings(client, shopId));
  const { rows } = await client.query<{ key: string; stored: Record<string, string> }>(
    `SELECT to_char(day, 'YYYY-MM-DD') || ' ' || currency AS key,
       (SELECT json_object_agg(name, value) FROM jsonb_each_text(to_jsonb(m)) AS f(name, value))
         AS stored
     FROM reporting.daily_shopify_metrics AS m WHERE shop_id = $1 ORDER BY 1`,
    [shopId],
  );
  const stored = new Map(rows.map((row) => [row.key, row.stored]));
  const wrong = rows.flatMap(({ key, stored: day }) =>
    Object.entries(day).flatMap(([name, value]) => {
      if (NO_FIGURES.has(name) || !fresh.has(key)) return [];
      const counted = fresh.get(key)?.[name] ?? new Big(0);
      return counted.eq(value) ? [] : `${key} ${name}: ${value} stored, ${counted} recomputed`;
    }),
  );
  return [
    check(
      "rollup days without facts",
      [...stored.keys()].filter((key) => !fresh.has(key)),
    ),
    check(
      "days with facts and no rollup",
      [...fresh.keys()].filter((key) => !stored.has(key)).sort(),
    ),
    check("rollups against a recomputation", wrong),
  ];
}
