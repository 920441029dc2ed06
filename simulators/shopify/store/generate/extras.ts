import { numberedId } from "../ids";
import type { OrderDraft } from "../orders/draft";
import type { OrderInput } from "../orders/place";
import { createRandom, type Random } from "../random";
import type { DraftOrderRecord } from "../records";
import type { ProductRecord } from "../records-catalogue";
import { localPrice } from "./catalogue";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

type Extras = Pick<OrderInput, "additionalFees" | "unknownCharge" | "risk" | "metafields"> &
  Pick<OrderInput, "attributes" | "sourceName" | "journey">;

/**
 * Chance of its own for what came to the store later: the draws that make the orders themselves stay
 * as they were, so that a seed stays the same store.
 */
export function extraRandom(seed: number, n: number): Random {
  return createRandom(Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(n + 1, 0x85ebca6b));
}

/** Fees, risk, metafields, notes of the cart, and whether the order was a draft first. */
export function drawExtras(
  random: Random,
  currency: string,
  input: Pick<OrderInput, "sourceName">,
  unknownRows: boolean,
): Extras {
  const extras: Extras = {};
  const online = input.sourceName === "web";
  if (online && random.chance(0.012)) {
    extras.additionalFees = [{ name: "Packaging fee", amount: localPrice(150, currency) }];
  }
  if (unknownRows && random.chance(0.01)) extras.unknownCharge = localPrice(125, currency);
  const risk = random.weighted([900, 80, 14, 6]);
  extras.risk = (["NONE", "ACCEPT", "INVESTIGATE", "CANCEL"] as const)[risk] ?? "NONE";
  if (random.chance(0.05)) {
    const value = random.pick(["gift", "wholesale", "repeat"]);
    extras.metafields = [
      { namespace: "custom", key: "order_kind", type: "single_line_text_field", value },
    ];
  }
  if (random.chance(0.03)) extras.attributes = [{ key: "Gift note", value: "Happy birthday" }];
  if (online && random.chance(0.02)) {
    extras.sourceName = "shopify_draft_order";
    extras.journey = null;
  }
  return extras;
}

/** Moves part of a plain card payment onto a gift card. */
export function payWithGiftCard(draft: OrderDraft, random: Random): void {
  const { record, ids } = draft;
  const [sale, more] = record.transactions;
  const plain = sale?.kind === "SALE" && sale.status === "SUCCESS" && !more;
  if (!sale || !plain || record.presentment || sale.gateway !== "shopify_payments") return;
  if (sale.settles < 2 || !random.chance(0.02)) return;
  const part = Math.max(1, Math.floor(sale.settles / 4));
  for (const field of ["amount", "presentment", "settles"] as const) sale[field] -= part;
  record.transactions.push({
    ...sale,
    id: ids.next("OrderTransaction"),
    gateway: "gift_card",
    amount: part,
    presentment: part,
    settles: part,
    rounding: 0,
    fee: null,
  });
}

/** A customer has asked to send something back; nothing has come yet, so nothing is booked. */
export function askForReturn(draft: OrderDraft, random: Random, now: number): void {
  const { record, ids } = draft;
  const at = record.updatedAt + random.int(1, 6) * DAY;
  const sent = record.fulfillments[0]?.lines[0];
  const left = sent && draft.rest.get(sent.lineId);
  if (!sent || !left?.quantity || at > now || !random.chance(0.008)) return;
  record.returns.push({
    id: ids.next("Return"),
    name: `${record.name}-R${record.returns.length + 1}`,
    createdAt: at,
    closedAt: null,
    lines: [{ id: ids.next("ReturnLineItem"), lineId: sent.lineId, quantity: 1 }],
  });
  record.updatedAt = at;
}

/** The drafts behind a store's draft orders, and a few that nobody has paid yet. */
export function draftsOf(
  completed: OrderDraft[],
  open: OrderDraft[],
  random: Random,
): DraftOrderRecord[] {
  return [...completed, ...open].map((draft, n) => {
    const { record } = draft;
    const isOpen = n >= completed.length;
    const createdAt = record.createdAt - (isOpen ? 0 : random.int(1, 48) * HOUR);
    return {
      id: numberedId("DraftOrder", n * 64),
      name: `#D${n + 1}`,
      status: isOpen ? random.pick(["OPEN", "INVOICE_SENT"] as const) : ("COMPLETED" as const),
      createdAt,
      updatedAt: record.createdAt,
      completedAt: isOpen ? null : record.createdAt,
      order: record,
    };
  });
}

/** Costs change: about every second variant once had another, up to a year before `now`. */
export function ageCatalogue(catalogue: ProductRecord[], random: Random, now: number): void {
  for (const product of catalogue) {
    if (random.chance(0.3)) {
      product.metafields.push({
        namespace: "custom",
        key: "season",
        type: "single_line_text_field",
        value: random.pick(["spring", "autumn"]),
      });
    }
    for (const variant of product.variants) {
      const first = variant.costHistory[0];
      if (!first || variant.unitCost === null || !random.chance(0.5)) continue;
      first.cost = Math.round(variant.unitCost * (0.8 + random.next() * 0.15));
      const since = Math.max(first.since, now - random.int(20, 365) * DAY);
      variant.costHistory.push({ since, cost: variant.unitCost });
    }
  }
}
