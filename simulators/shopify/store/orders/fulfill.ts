import { type OrderDraft, touch } from "./draft";

const DELIVERY_MS = 3 * 86_400_000;

/** Sends all that is left, or hands it over the counter, and closes the order. */
export function fulfillOrder(draft: OrderDraft, at: number, parcel: boolean): void {
  const { record, ids } = draft;
  const lines = record.lines.flatMap((line) => {
    const quantity = draft.rest.get(line.id)?.quantity ?? 0;
    return line.requiresShipping && quantity > 0
      ? [{ id: ids.next("FulfillmentLineItem"), lineId: line.id, quantity }]
      : [];
  });
  if (lines.length === 0) return;
  const id = ids.next("Fulfillment");
  record.fulfillments.push({
    id,
    name: `${record.name}-F${record.fulfillments.length + 1}`,
    createdAt: at,
    deliveredAt: parcel ? at + DELIVERY_MS : at,
    cancelled: false,
    tracking: parcel ? `1Z${id}` : null,
    lines,
  });
  record.closedAt = at;
  touch(draft, at);
}
