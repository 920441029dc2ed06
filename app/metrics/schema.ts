import { z } from "zod";
import { isDay } from "~/lib/time";
import { METRICS, type MetricDefinition, type MetricId } from "./definitions";

const money = z.string().regex(/^-?\d+(\.\d+)?$/, "a decimal string");
const count = z.number().int();
const ratio = z.string().regex(/^-?\d+\.\d{4}$/, "a decimal string with 4 decimals");

const schemaOf: Record<MetricDefinition["unit"], z.ZodType<string | number | null>> = {
  money: money.nullable(),
  count: count.nullable(),
  ratio: ratio.nullable(),
  multiple: ratio.nullable(),
  moneyRatio: ratio.nullable(),
};

const metricShape = Object.fromEntries(
  METRICS.map(({ id, unit, formula, fractional }) => [
    id,
    (fractional ? z.number().nullable() : schemaOf[unit]).describe(formula),
  ]),
) as Record<MetricId, z.ZodType<string | number | null>>;

const day = z.string().refine(isDay);

/**
 * The answer of `GET /api/shops/:shop_id/metrics?from&to`, made from the definitions.
 *
 * Money: decimal strings in `currency`. Counts: integers. Ratios: strings with 4 decimals, rounded
 * half to even. null: no value (a ratio over 0; customers while the history is incomplete; ads of days
 * that are not stored, and all of ads while no ad account in the shop's currency is chosen).
 * `history_complete` is false while the backfill runs or Shopify hides old orders. Then figures are
 * complete from the day `complete_from` on (null: no day is), and days before it have no values, nor
 * has a total that would need them.
 * `daily` holds every day of the range, both ends included, days being those of `timezone` for sales
 * and of `ad_account_timezones` for ads.
 */
export const shopMetricsSchema = z.object({
  shop_id: z.string(),
  currency: z.string().length(3),
  timezone: z.string(),
  from: day,
  to: day,
  history_complete: z.boolean(),
  complete_from: day.nullable(),
  marketing: z
    .object({
      connected: z.boolean(),
      history_complete: z.boolean(),
      ad_account_timezones: z.array(z.string()),
      other_currencies: z.array(z.string()),
    })
    .describe(
      "Whose ads are counted: ad accounts in other currencies than the shop's are named and left out",
    ),
  totals: z.object(metricShape),
  daily: z.array(z.object({ date: day, ...metricShape })),
});

export type ShopMetrics = z.infer<typeof shopMetricsSchema>;
