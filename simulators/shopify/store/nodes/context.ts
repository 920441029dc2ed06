import { formatMoney } from "../money";
import { toPresentment } from "../orders/payments";
import type { OrderRecord } from "../records";
import type { SaleRecord } from "../records-ledger";
import type { PlainNode, SimShop } from "../types";

/** What the builders of one order's nodes share. */
export interface NodeContext {
  shop: SimShop;
  record: OrderRecord;
  /** The row with which each line, shipping line or duty was sold. */
  soldBy: Map<number, SaleRecord>;
  /** A MoneyBag: shop money in minor units, presentment money at the order's rate. */
  bag(minor: number): PlainNode;
  /** A MoneyBag whose presentment side is known (transactions have rates of their own). */
  bagOf(minor: number, presentmentMinor: number): PlainNode;
}

export function nodeContext(shop: SimShop, record: OrderRecord): NodeContext {
  const presentmentCurrency = record.presentment?.currency ?? record.currency;
  const bagOf = (minor: number, presentmentMinor: number) => ({
    shopMoney: money(minor, record.currency),
    presentmentMoney: money(presentmentMinor, presentmentCurrency),
  });
  const soldBy = new Map<number, SaleRecord>();
  for (const agreement of record.agreements) {
    for (const sale of agreement.sales) {
      if (sale.action === "ORDER" && sale.ref !== null) soldBy.set(sale.ref, sale);
    }
  }
  return {
    shop,
    record,
    soldBy,
    bagOf,
    bag: (minor) => bagOf(minor, toPresentment(record, minor)),
  };
}

/** MoneyV2. */
export function money(minor: number, currency: string): PlainNode {
  return { amount: formatMoney(minor, currency), currencyCode: currency };
}

/** An instant as Shopify writes it: whole seconds, UTC. */
export function instant(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

export function instantOrNull(at: number | null): string | null {
  return at === null ? null : instant(at);
}
