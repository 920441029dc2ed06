import type { FactTable, PgType } from "../facts/fact-table";
import type { CampaignNames, InsightFigures } from "./insight-figures";

const FIGURES = {
  day: "date",
  currency: "text",
  spend: "numeric",
  impressions: "bigint",
  clicks: "bigint",
  link_clicks: "bigint",
  reach: "bigint",
  purchases: "numeric",
  purchase_value: "numeric",
  add_to_cart: "numeric",
  add_to_cart_value: "numeric",
  view_content: "numeric",
  initiate_checkout: "numeric",
  leads: "numeric",
  attribution_setting: "text",
} satisfies Record<keyof InsightFigures, PgType>;

const OWNER = { platform: "text", ad_account_id: "text", payload_hash: "bytea" } as const;

export const MARKETING_DAILY = {
  name: "core_warehouse.fact_marketing_daily",
  key: ["platform", "ad_account_id", "day"],
  columns: { ...OWNER, ...FIGURES },
} satisfies FactTable;

export const MARKETING_CAMPAIGN_DAILY = {
  name: "core_warehouse.fact_marketing_campaign_daily",
  key: ["platform", "ad_account_id", "level", "entity_id", "day"],
  columns: {
    ...OWNER,
    level: "text",
    entity_id: "text",
    ...({
      campaign_id: "text",
      campaign_name: "text",
      objective: "text",
    } satisfies Record<keyof CampaignNames, PgType>),
    ...FIGURES,
  },
} satisfies FactTable;
