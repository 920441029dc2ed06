import type { z } from "zod";
import { parseMoney } from "../store/money";
import type { OrderDraft } from "../store/orders/draft";
import { editOrder } from "../store/orders/edits";
import { fulfillOrder } from "../store/orders/fulfill";
import { addTransaction, authorizationLeft, balance } from "../store/orders/payments";
import { sum } from "../store/orders/pricing";
import { cancelOrder, refundOrder } from "../store/orders/refunds";
import type { LineRecord } from "../store/records";
import { ORDER_ACTIONS, type OrderAction } from "./events";

/** What cannot be done to an order as it stands: told to whoever asked, with status 422. */
export class ImpossibleError extends Error {}

/** Lets one thing happen to an order. Throws ImpossibleError where Shopify would refuse it. */
export function changeOrder(
  draft: OrderDraft,
  action: Exclude<OrderAction, "delete">,
  input: unknown,
  at: number,
): void {
  if (draft.record.cancelledAt !== null && action !== "refund") {
    throw new ImpossibleError(`Order ${draft.record.name} is cancelled`);
  }
  try {
    if (action === "refund") refund(draft, ORDER_ACTIONS.refund.parse(input), at);
    else if (action === "edit") edit(draft, ORDER_ACTIONS.edit.parse(input), at);
    else if (action === "cancel") {
      cancelOrder(draft, at, ORDER_ACTIONS.cancel.parse(input).reason);
    } else if (action === "fulfill") {
      fulfill(draft, ORDER_ACTIONS.fulfill.parse(input).delivered ? at : null, at);
    } else pay(draft, at);
  } catch (error) {
    // The order book refuses what is not there to give back.
    if (error instanceof Error && error.constructor === Error) {
      throw new ImpossibleError(error.message, { cause: error });
    }
    throw error;
  }
}

function refund(draft: OrderDraft, input: z.infer<typeof ORDER_ACTIONS.refund>, at: number): void {
  const { record } = draft;
  const restock = input.restock ? ("RETURN" as const) : ("NO_RESTOCK" as const);
  const asked = input.lines?.map((one) => ({ lineId: one.line_id, quantity: one.quantity }));
  const all = asked === undefined && input.amount === undefined;
  const lines = asked ?? (all ? leftOf(draft) : []);
  refundOrder(draft, {
    at,
    lines: lines.map((one) => ({ ...one, restock })),
    shipping: input.shipping ?? all,
    note: input.note,
    ...(input.amount === undefined ? {} : { pay: parseMoney(input.amount, record.currency) }),
  });
}

function leftOf(draft: OrderDraft): { lineId: number; quantity: number }[] {
  return draft.record.lines.flatMap((line) => {
    const quantity = draft.rest.get(line.id)?.quantity ?? 0;
    return quantity > 0 && line.kind !== "TIP" ? [{ lineId: line.id, quantity }] : [];
  });
}

function edit(draft: OrderDraft, input: z.infer<typeof ORDER_ACTIONS.edit>, at: number): void {
  const line = lineToEdit(draft, input.line_id);
  const left = draft.rest.get(line.id);
  const kind = input.kind ?? ((left?.quantity ?? 0) > 1 ? "remove" : "add");
  if (kind === "remove") {
    editOrder(draft, at, [{ kind, lineId: line.id, quantity: input.quantity }]);
  } else if (kind === "add") {
    const {
      id: _id,
      allocations: _allocations,
      addedByEdit: _added,
      total: _total,
      ...same
    } = line;
    editOrder(draft, at, [{ kind, line: { ...same, quantity: input.quantity } }]);
  } else {
    const tenth = Math.ceil(((left?.amount ?? 0) - sum(left?.taxes ?? [])) / 10);
    const amount =
      input.amount === undefined ? tenth : parseMoney(input.amount, draft.record.currency);
    editOrder(draft, at, [{ kind, lineId: line.id, amount, label: "Goodwill" }]);
  }
}

function lineToEdit(draft: OrderDraft, id: number | undefined): LineRecord {
  const line = draft.record.lines.find((one) =>
    id === undefined
      ? one.kind === "PRODUCT" && (draft.rest.get(one.id)?.quantity ?? 0) > 0
      : one.id === id,
  );
  if (!line) throw new ImpossibleError(`Order ${draft.record.name} has no such line`);
  return line;
}

function fulfill(draft: OrderDraft, deliveredAt: number | null, at: number): void {
  const before = draft.record.fulfillments.length;
  if (before > 0) throw new ImpossibleError(`Order ${draft.record.name} has been sent`);
  fulfillOrder(draft, at, deliveredAt);
  if (draft.record.fulfillments.length === before) {
    throw new ImpossibleError(`Order ${draft.record.name} has nothing to send`);
  }
}

function pay(draft: OrderDraft, at: number): void {
  const settles = balance(draft.record);
  if (settles <= 0) throw new ImpossibleError(`Order ${draft.record.name} owes nothing`);
  const reserved = draft.record.transactions.find(
    (one) =>
      one.kind === "AUTHORIZATION" &&
      one.status === "SUCCESS" &&
      authorizationLeft(draft.record, one) >= settles,
  );
  if (reserved) {
    const { gateway, id: parentId } = reserved;
    addTransaction(draft, { at, kind: "CAPTURE", settles, gateway, parentId });
  } else addTransaction(draft, { at, kind: "SALE", settles, gateway: "manual" });
}
