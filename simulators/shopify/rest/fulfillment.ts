import type { FulfillmentRecord } from "../store/records";
import type { PlainNode } from "../store/types";
import { type RestContext, restGid } from "./context";
import { restLine } from "./lines";

export function restFulfillment(context: RestContext, one: FulfillmentRecord): PlainNode {
  const { record, time } = context;
  const url = one.tracking && `https://example.com/track/${one.tracking}`;
  return {
    id: one.id,
    admin_graphql_api_id: restGid("Fulfillment", one.id),
    created_at: time(one.createdAt),
    location_id: null,
    name: one.name.replace("-F", "."),
    order_id: record.id,
    origin_address: {},
    receipt: {},
    service: "manual",
    shipment_status: one.deliveredAt === null ? null : "delivered",
    status: one.cancelled ? "cancelled" : "success",
    tracking_company: one.tracking ? "UPS" : null,
    tracking_number: one.tracking,
    tracking_numbers: one.tracking ? [one.tracking] : [],
    tracking_url: url,
    tracking_urls: url ? [url] : [],
    updated_at: time(one.deliveredAt ?? one.createdAt),
    line_items: one.lines.flatMap(({ lineId, quantity }) => {
      const line = record.lines.find((candidate) => candidate.id === lineId);
      return line ? [{ ...restLine(context, line), quantity }] : [];
    }),
  };
}
