import type { OrderDocument } from "~/connectors/shopify/order-schemas";
import type { Visit } from "~/connectors/shopify/schemas/journey";
import { idOf } from "./require-id";

export type VisitRow = ReturnType<typeof visitRows>[number];

type Prefixed<Prefix extends string, Row> = {
  [Key in keyof Row & string as `${Prefix}_${Key}`]: Row[Key];
};

/** A visit under plain names: where it came from, and what its link said. */
export function visitColumns(visit: Visit | null | undefined) {
  const utm = visit?.utmParameters;
  return {
    occurred_at: visit?.occurredAt ?? null,
    landing_page: visit?.landingPage ?? null,
    referrer_url: visit?.referrerUrl ?? null,
    referral_code: visit?.referralCode ?? null,
    source: visit?.source ?? null,
    source_description: visit?.sourceDescription ?? null,
    source_type: visit?.sourceType ?? null,
    utm_source: utm?.source ?? null,
    utm_medium: utm?.medium ?? null,
    utm_campaign: utm?.campaign ?? null,
    utm_content: utm?.content ?? null,
    utm_term: utm?.term ?? null,
  };
}

/** The same, each name with a prefix. */
export function prefixedVisit<Prefix extends string>(
  prefix: Prefix,
  visit: Visit | null | undefined,
): Prefixed<Prefix, ReturnType<typeof visitColumns>> {
  const entries = Object.entries(visitColumns(visit));
  return Object.fromEntries(
    entries.map(([name, value]) => [`${prefix}_${name}`, value]),
  ) as Prefixed<Prefix, ReturnType<typeof visitColumns>>;
}

/** `order_visits` rows: every visit that Shopify counts into the order's journey, oldest first. */
export function visitRows(
  orderId: string,
  moments: NonNullable<NonNullable<OrderDocument["customerJourneySummary"]>["moments"]>,
) {
  return moments.map((visit, index) => ({
    order_id: orderId,
    position: index + 1,
    visit_id: idOf(visit),
    ...visitColumns(visit),
  }));
}
