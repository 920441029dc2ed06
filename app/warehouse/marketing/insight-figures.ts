import Big from "big.js";
import {
  type InsightAction,
  type InsightRow,
  insightDocumentSchema,
} from "~/connectors/meta/insights-schemas";
import { DefectError } from "~/lib/errors";

/**
 * Names under which Meta repeats one and the same action in a row, the one that counts first
 * (meta-api.md, 8.5). They are never added up.
 */
const ALIASES = {
  purchase: ["omni_purchase", "purchase", "offsite_conversion.fb_pixel_purchase"],
  addToCart: ["omni_add_to_cart", "add_to_cart", "offsite_conversion.fb_pixel_add_to_cart"],
  viewContent: ["omni_view_content", "view_content", "offsite_conversion.fb_pixel_view_content"],
  initiateCheckout: [
    "omni_initiated_checkout",
    "initiate_checkout",
    "offsite_conversion.fb_pixel_initiate_checkout",
  ],
} as const;
/** Parts of `lead`, which do not overlap: they count where Meta does not add them up itself. */
const LEAD_PARTS = ["onsite_conversion.lead_grouped", "offsite_conversion.fb_pixel_lead"];

/** Columns that both fact tables share. Money in `currency`, major units; decimals as strings. */
export interface InsightFigures {
  day: string;
  currency: string;
  spend: string;
  impressions: string | null;
  clicks: string | null;
  link_clicks: string | null;
  reach: string | null;
  purchases: string;
  purchase_value: string;
  add_to_cart: string;
  add_to_cart_value: string;
  view_content: string;
  initiate_checkout: string;
  leads: string;
  attribution_setting: string | null;
}

export interface CampaignNames {
  campaign_id: string | null;
  campaign_name: string | null;
  objective: string | null;
}

/**
 * The one transform from a raw row of insights to its figures. Pure. Meta leaves out the key of an
 * action that did not happen, so what is missing there is 0; a figure of delivery that is missing
 * is unknown. Throws DefectError `INSIGHT_SHAPE` naming the field.
 */
export function insightFigures(
  raw: InsightRow,
  accountCurrency: string,
): InsightFigures & CampaignNames {
  const parsed = insightDocumentSchema.safeParse(raw);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new DefectError(
      `Insights of ${raw.date_start}: ${issue?.path.join(".")} ${issue?.message ?? "has a wrong shape"}`,
      { code: "INSIGHT_SHAPE", task: "transform_insight", cause: parsed.error },
    );
  }
  const row = parsed.data;
  const counts = valuesByType(row.actions);
  const values = valuesByType(row.action_values);
  const of = (aliases: readonly string[]) => canonical(counts, values, aliases);
  const purchase = of(ALIASES.purchase);
  const addToCart = of(ALIASES.addToCart);
  return {
    day: row.date_start,
    currency: row.account_currency ?? accountCurrency,
    spend: row.spend ?? "0",
    impressions: row.impressions ?? null,
    clicks: row.clicks ?? null,
    link_clicks: row.inline_link_clicks ?? null,
    reach: row.reach ?? null,
    purchases: purchase.count,
    purchase_value: purchase.value,
    add_to_cart: addToCart.count,
    add_to_cart_value: addToCart.value,
    view_content: of(ALIASES.viewContent).count,
    initiate_checkout: of(ALIASES.initiateCheckout).count,
    leads: counts.get("lead") ?? sumOf(counts, LEAD_PARTS),
    attribution_setting: row.attribution_setting ?? null,
    campaign_id: row.campaign_id ?? null,
    campaign_name: row.campaign_name ?? null,
    objective: row.objective ?? null,
  };
}

function valuesByType(actions: readonly InsightAction[] | null | undefined): Map<string, string> {
  return new Map(actions?.map(({ action_type, value }) => [action_type, value]));
}

/** The first alias that the row knows, and the value under that very alias. */
function canonical(
  counts: Map<string, string>,
  values: Map<string, string>,
  aliases: readonly string[],
): { count: string; value: string } {
  const chosen =
    aliases.find((alias) => counts.has(alias)) ?? aliases.find((alias) => values.has(alias));
  if (!chosen) return { count: "0", value: "0" };
  return { count: counts.get(chosen) ?? "0", value: values.get(chosen) ?? "0" };
}

function sumOf(counts: Map<string, string>, types: readonly string[]): string {
  return types.reduce((sum, type) => sum.plus(counts.get(type) ?? 0), new Big(0)).toFixed();
}
