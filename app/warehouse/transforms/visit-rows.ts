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

const VISIT_NAMES = Object.keys(visitColumns(null)) as Array<keyof ReturnType<typeof visitColumns>>;

/** The same, each name with a prefix; the names are made once. */
export function prefixedVisit<Prefix extends string>(prefix: Prefix) {
  type Row = Prefixed<Prefix, ReturnType<typeof visitColumns>>;
  const names = VISIT_NAMES.map((name) => [name, `${prefix}_${name}`] as const);
  return (visit: Visit | null | undefined): Row => {
    const columns = visitColumns(visit);
    const row: Record<string, string | null> = {};
    for (const [name, prefixed] of names) row[prefixed] = columns[name];
    return row as Row;
  };
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
