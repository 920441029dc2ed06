import { majorUnits } from "../../ad-plan/money";
import { mulDiv } from "../../shopify/store/money";
import type { ByWindow, Sums } from "./sums";

export type ActionEntry = { action_type: string; value: string } & Record<string, string>;

/** The names under which Meta repeats one purchase, in its order; never to be added up. */
const PURCHASE = [
  "omni_purchase",
  "purchase",
  "onsite_web_purchase",
  "onsite_web_app_purchase",
  "offsite_conversion.fb_pixel_purchase",
  "web_in_store_purchase",
  "web_app_in_store_purchase",
];

/** Its value is another than the purchases' own, as in the recorded sample: a trap for who adds or mixes. */
const ODD_VALUE = "web_app_in_store_purchase";

const REPEATED: { names: string[]; count: (sums: Sums) => number }[] = [
  { names: ["link_click"], count: (sums) => sums.linkClicks },
  {
    names: ["landing_page_view", "omni_landing_page_view"],
    count: (sums) => sums.landingPageViews,
  },
  { names: ["page_engagement", "post_engagement"], count: (sums) => sums.clicks + sums.videoPlays },
  { names: ["video_view"], count: (sums) => Math.floor(sums.videoPlays * 0.28) },
  {
    names: [
      "omni_view_content",
      "view_content",
      "offsite_conversion.fb_pixel_view_content",
      "onsite_web_view_content",
    ],
    count: (sums) => sums.viewContent,
  },
  {
    names: [
      "omni_add_to_cart",
      "add_to_cart",
      "offsite_conversion.fb_pixel_add_to_cart",
      "onsite_web_add_to_cart",
      "onsite_web_app_add_to_cart",
    ],
    count: (sums) => sums.addToCart,
  },
  {
    names: [
      "omni_initiated_checkout",
      "initiate_checkout",
      "offsite_conversion.fb_pixel_initiate_checkout",
      "onsite_web_initiate_checkout",
    ],
    count: (sums) => sums.initiateCheckout,
  },
  {
    names: ["lead", "offsite_conversion.fb_pixel_lead", "onsite_web_lead"],
    count: (sums) => sums.leads,
  },
];

/** `actions`; null when nothing happened, so that the key is missing. */
export function actionsOf(sums: Sums, windows: string[]): ActionEntry[] | null {
  const entries = REPEATED.flatMap(({ names, count }) => {
    const total = count(sums);
    if (total === 0) return [];
    // What follows a click at once is the same under every click window.
    const keys = windows.filter((window) => window.endsWith("_click") || window === "default");
    const own = Object.fromEntries(keys.map((window) => [window, String(total)]));
    return names.map((name): ActionEntry => ({ action_type: name, value: String(total), ...own }));
  });
  return orNull([
    ...purchaseEntries(sums.purchases, windows, ({ count }) => String(count)),
    ...entries,
  ]);
}

/** `action_values`: major units of the account's currency. */
export function actionValuesOf(
  sums: Sums,
  windows: string[],
  currency: string,
): ActionEntry[] | null {
  const entries = purchaseEntries(sums.purchases, windows, ({ value }) =>
    majorUnits(value, currency),
  );
  return orNull(
    entries.map((entry) =>
      entry.action_type === ODD_VALUE ? { ...entry, value: majorUnits(157, currency) } : entry,
    ),
  );
}

/** `purchase_roas` and `website_purchase_roas`: purchase value ÷ spend; missing without either. */
export function roasOf(sums: Sums, windows: string[], actionType: string): ActionEntry[] | null {
  if (sums.spend === 0) return null;
  const entries = purchaseEntries(sums.purchases, windows, ({ value }) =>
    decimal(mulDiv(value, 1_000_000, sums.spend)),
  );
  const chosen = entries.find((entry) => entry.action_type === PURCHASE[0]);
  return chosen ? [{ ...chosen, action_type: actionType }] : null;
}

/** `cost_per_action_type`: spend ÷ actions, major units. */
export function costPerActionOf(sums: Sums, offset: number): ActionEntry[] | null {
  if (sums.spend === 0) return null;
  const entries = (actionsOf(sums, []) ?? []).map(({ action_type, value }) => ({
    action_type,
    value: ratio(sums.spend, Number(value) * offset),
  }));
  return orNull(entries.filter(({ value }) => value !== "0"));
}

function purchaseEntries(
  purchases: ByWindow,
  windows: string[],
  written: (entry: { count: number; value: number }) => string,
): ActionEntry[] {
  const own = purchases.get("value");
  const asked = windows.flatMap((window): [string, string][] => {
    const entry = purchases.get(window);
    return entry ? [[window, written(entry)]] : [];
  });
  if (!own && asked.length === 0) return [];
  const value = own ? written(own) : "0";
  return PURCHASE.map((name) => ({
    action_type: name,
    value,
    ...Object.fromEntries(asked),
  }));
}

function orNull(entries: ActionEntry[]): ActionEntry[] | null {
  return entries.length > 0 ? entries : null;
}

/** numerator ÷ denominator with up to six decimals, as insights write ratios. */
export function ratio(numerator: number, denominator: number): string {
  return denominator === 0 ? "0" : decimal(mulDiv(numerator, 1_000_000, denominator));
}

function decimal(millionths: number): string {
  const text = String(millionths).padStart(7, "0");
  return `${text.slice(0, -6)}.${text.slice(-6)}`.replace(/\.?0+$/, "");
}
