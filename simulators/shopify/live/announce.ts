import { restContext } from "../rest/context";
import { restCustomer } from "../rest/customer";
import { restFulfillment } from "../rest/fulfillment";
import { restOrder } from "../rest/order";
import { restRefund, restTransaction } from "../rest/payments";
import type { OrderRecord } from "../store/records";
import type { PlainNode, SimShop } from "../store/types";
import type { OrderAction } from "./events";

/** A webhook that a change sets off. */
export interface Announcement {
  topic: string;
  body: PlainNode;
}

/** What Shopify tells of an order that has just been placed. */
export function announcePlaced(
  shop: SimShop,
  record: OrderRecord,
  newCustomer: boolean,
): Announcement[] {
  const body = restOrder(shop, record);
  const customer = record.customer && {
    topic: newCustomer ? "customers/create" : "customers/update",
    body: restCustomer(shop, record.customer),
  };
  return [
    ...(customer ? [customer] : []),
    { topic: "orders/create", body },
    ...transactionsAfter(shop, record, 0),
    ...(body.financial_status === "paid" ? [{ topic: "orders/paid", body }] : []),
    { topic: "orders/updated", body },
  ];
}

const TOPICS: Record<Exclude<OrderAction, "delete">, string | null> = {
  refund: null,
  edit: "orders/edited",
  cancel: "orders/cancelled",
  fulfill: "orders/fulfilled",
  pay: "orders/paid",
};

/** What Shopify tells of a change: what came to be in it, its own topic, and orders/updated. */
export function announceChange(
  shop: SimShop,
  before: OrderRecord,
  after: OrderRecord,
  action: Exclude<OrderAction, "delete">,
): Announcement[] {
  const context = restContext(shop, after);
  const body = restOrder(shop, after);
  const topic = TOPICS[action];
  const refunds = after.refunds.slice(before.refunds.length);
  const parcels = after.fulfillments.slice(before.fulfillments.length);
  return [
    ...refunds.map((one) => ({ topic: "refunds/create", body: restRefund(context, one) })),
    ...parcels.map((one) => ({
      topic: "fulfillments/create",
      body: restFulfillment(context, one),
    })),
    ...transactionsAfter(shop, after, before.transactions.length),
    ...(topic ? [{ topic, body: action === "edit" ? editBody(context.time, after) : body }] : []),
    { topic: "orders/updated", body },
  ];
}

/** `orders/edited` names what was put on and taken off, not the order. */
function editBody(time: (at: number) => string, record: OrderRecord): PlainNode {
  const edit = record.agreements.at(-1);
  const delta = (action: "ORDER" | "RETURN") =>
    (edit?.sales ?? []).flatMap((sale) =>
      sale.action === action ? [{ id: sale.ref, delta: Math.abs(sale.quantity ?? 0) }] : [],
    );
  return {
    order_edit: {
      id: edit?.id ?? null,
      app_id: null,
      created_at: time(edit?.happenedAt ?? record.updatedAt),
      notify_customer: false,
      order_id: record.id,
      staff_note: "",
      user_id: null,
      line_items: { additions: delta("ORDER"), removals: delta("RETURN") },
      discounts: { line_item: { additions: [], removals: [] } },
      shipping_lines: { additions: [], removals: [] },
    },
  };
}

function transactionsAfter(shop: SimShop, record: OrderRecord, known: number): Announcement[] {
  const context = restContext(shop, record);
  return record.transactions.slice(known).map((one) => ({
    topic: "order_transactions/create",
    body: restTransaction(context, one),
  }));
}
