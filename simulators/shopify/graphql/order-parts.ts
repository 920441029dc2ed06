import type { ShopData } from "../shop-data";
import type { PlainNode } from "../store/types";
import { numberOfGid } from "./connections";

/** Where each kind of object that only stands inside an order is found. */
const PARTS = {
  Return: "returns",
  Refund: "refunds",
  Fulfillment: "fulfillments",
} as const;

type PartType = keyof typeof PARTS;

export function isOrderPart(type: string): type is PartType {
  return Object.hasOwn(PARTS, type);
}

/** A return, refund or fulfilment by its id, with the order it stands in; null when there is none. */
export function orderPart(
  data: ShopData,
  type: PartType,
  gid: string,
): { orderId: number; node: PlainNode } | null {
  const id = numberOfGid(gid);
  const key = PARTS[type];
  for (const { id: orderId } of data.store.heads) {
    const record = data.store.records?.order(orderId);
    if (!record?.[key].some((one) => one.id === id)) continue;
    const list: unknown = data.order(orderId)?.[key];
    const node = Array.isArray(list) ? list.find((one) => one.id === gid) : null;
    return node ? { orderId, node } : null;
  }
  return null;
}
