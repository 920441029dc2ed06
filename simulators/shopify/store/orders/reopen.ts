import { IdRange } from "../ids";
import type { OrderRecord } from "../records";
import { addToRest, type OrderDraft } from "./draft";

/** Ids one later event may use of each kind. */
const IDS_PER_EVENT = 64;
/** Position among the ids where those of later events begin, beyond any store's own orders. */
const FIRST = 2_000_000_000;

/** Ids of the n-th event after a store was made. */
export function eventIds(n: number): IdRange {
  return new IdRange(FIRST + n * IDS_PER_EVENT, IDS_PER_EVENT);
}

/**
 * An order that stands in the store, ready to be paid, refunded, edited or cancelled again: what is
 * left of each thing sold is read back from its ledger. The record is a copy; the old one stays.
 */
export function reopenOrder(record: OrderRecord, ids: IdRange): OrderDraft {
  const { customer, ...own } = record;
  const draft: OrderDraft = {
    record: { ...structuredClone(own), customer },
    ids,
    rest: new Map(),
  };
  for (const agreement of record.agreements) {
    for (const sale of agreement.sales) {
      if (sale.ref === null) continue;
      // Shipping and duties are sold once, without a quantity.
      const once = sale.action === "ORDER" ? 1 : sale.action === "RETURN" ? -1 : 0;
      addToRest(draft, sale.ref, sale.quantity ?? once, sale);
    }
  }
  return draft;
}
