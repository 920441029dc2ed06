import { gid } from "../ids";
import type { OrderHead, PlainNode, StoreRecords } from "../types";
import { instant, money } from "./context";

/** A GiftCard for each unit of a gift card sold; unspent, since nobody says who spent which. */
export function giftCardNodes(records: StoreRecords, heads: OrderHead[]): PlainNode[] {
  const cards: PlainNode[] = [];
  // A log of purchases names no gift cards: its orders need not be made for this.
  if (!records.catalogue.some((product) => product.giftCard)) return cards;
  for (const { id: orderId } of heads) {
    const order = records.order(orderId);
    for (const line of order?.lines ?? []) {
      if (!order || line.kind !== "GIFT_CARD") continue;
      for (let unit = 0; unit < line.quantity; unit += 1) {
        const id = line.id * 8 + unit;
        const last = String(id % 10_000).padStart(4, "0");
        cards.push({
          __typename: "GiftCard",
          id: gid("GiftCard", id),
          createdAt: instant(order.createdAt),
          updatedAt: instant(order.createdAt),
          initialValue: money(line.unitPrice, order.currency),
          balance: money(line.unitPrice, order.currency),
          enabled: order.cancelledAt === null,
          deactivatedAt: order.cancelledAt === null ? null : instant(order.cancelledAt),
          expiresOn: null,
          lastCharacters: last,
          maskedCode: `•••• •••• •••• ${last}`,
          note: null,
          templateSuffix: null,
          recipientAttributes: null,
          order: { __typename: "Order", id: gid("Order", order.id), name: order.name },
          customer: order.customer && {
            __typename: "Customer",
            id: gid("Customer", order.customer.id),
          },
        });
      }
    }
  }
  return cards;
}
