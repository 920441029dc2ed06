import { type OrderDraft, touch } from "./draft";

/**
 * Sends all that is left and closes the order; goods handed over the counter are delivered at once
 * (`deliveredAt` = `at`, no parcel), a parcel not yet there has none.
 */
export function fulfillOrder(draft: OrderDraft, at: number, deliveredAt: number | null): void {
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
    deliveredAt,
    cancelled: false,
    tracking: deliveredAt === at ? null : `1Z${id}`,
    lines,
  });
  record.closedAt = at;
  touch(draft, deliveredAt ?? at);
}
