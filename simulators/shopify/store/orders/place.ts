import type { IdRange } from "../ids";
import type {
  AddressRecord,
  CustomerRecord,
  DiscountRecord,
  JourneyRecord,
  LineRecord,
  OrderRecord,
  ShippingRecord,
  TaxRate,
} from "../records";
import type { MetafieldRecord, RiskRecommendation } from "../records-extra";
import { addAgreement, type OrderDraft } from "./draft";
import { allocated, discountShares } from "./pricing";
import {
  type LineInput,
  newLine,
  sellDuty,
  sellFee,
  sellLine,
  sellShipping,
  sellUnknown,
} from "./sell";

export interface ShippingInput {
  title: string;
  code: string;
  price: number;
  taxRates: TaxRate[];
}

/** A purchase, as the checkout hands it over. Money in minor units of the shop's currency. */
export interface OrderInput {
  currency: string;
  createdAt: number;
  /** Earlier than `createdAt` for imported orders. */
  processedAt?: number;
  lines: LineInput[];
  shipping?: ShippingInput[];
  /** Applied in this order; `entitled` names the positions of the lines it touches, all when absent. */
  discounts?: (DiscountRecord & { entitled?: number[] })[];
  duties?: { line: number; amount: number; countryCode: string; hsCode: string }[];
  taxesIncluded?: boolean;
  presentment?: OrderRecord["presentment"];
  sourceName?: string;
  test?: boolean;
  customer?: CustomerRecord | null;
  email?: string | null;
  phone?: string | null;
  address?: AddressRecord | null;
  tags?: string[];
  note?: string | null;
  journey?: JourneyRecord | null;
  additionalFees?: { name: string; amount: number }[];
  /** Charged for something that this API version has no name for. */
  unknownCharge?: number;
  risk?: RiskRecommendation;
  metafields?: MetafieldRecord[];
  attributes?: { key: string; value: string }[];
}

/** Books a purchase: lines, discounts dealt out, taxes, and the first rows of its ledger. */
export function placeOrder(
  input: OrderInput,
  identity: { id: number; number: number; name?: string },
  ids: IdRange,
): OrderDraft {
  const record = emptyRecord(input, identity);
  const draft: OrderDraft = { record, ids, rest: new Map() };
  record.lines = input.lines.map((line) => newLine(draft, line, false));
  record.shipping = (input.shipping ?? []).map((line) => ({
    ...line,
    id: ids.next("ShippingLine"),
    allocations: [],
  }));
  for (const { entitled, ...discount } of input.discounts ?? []) {
    record.discounts.push(discount);
    applyDiscount(record, discount, entitled);
  }
  const sales = [
    ...record.lines.map((line) => sellLine(draft, line)),
    ...record.shipping.map((line) => sellShipping(draft, line)),
    ...(input.duties ?? []).map((duty) => sellDuty(draft, duty)),
    ...(input.additionalFees ?? []).map((fee) => sellFee(draft, fee)),
    ...(input.unknownCharge ? [sellUnknown(draft, input.unknownCharge)] : []),
  ];
  addAgreement(draft, "OrderAgreement", record.createdAt, null, sales);
  return draft;
}

function emptyRecord(
  input: OrderInput,
  identity: { id: number; number: number; name?: string },
): OrderRecord {
  return {
    id: identity.id,
    number: identity.number,
    name: identity.name ?? `#${identity.number}`,
    createdAt: input.createdAt,
    processedAt: input.processedAt ?? input.createdAt,
    updatedAt: input.createdAt,
    closedAt: null,
    cancelledAt: null,
    cancelReason: null,
    test: input.test ?? false,
    currency: input.currency,
    presentment: input.presentment ?? null,
    taxesIncluded: input.taxesIncluded ?? false,
    sourceName: input.sourceName ?? "web",
    customer: input.customer ?? null,
    customerOrderIndex: null,
    email: input.email ?? null,
    phone: input.phone ?? null,
    address: input.address ?? null,
    tags: input.tags ?? [],
    note: input.note ?? null,
    journey: input.journey ?? null,
    risk: input.risk ?? "NONE",
    metafields: input.metafields ?? [],
    attributes: input.attributes ?? [],
    additionalFees: [],
    discounts: [],
    lines: [],
    shipping: [],
    duties: [],
    fees: [],
    agreements: [],
    transactions: [],
    refunds: [],
    returns: [],
    fulfillments: [],
  };
}

function applyDiscount(record: OrderRecord, discount: DiscountRecord, entitled?: number[]): void {
  const index = record.discounts.length - 1;
  const targets: (LineRecord | ShippingRecord)[] =
    discount.target === "shipping" ? record.shipping : record.lines;
  const prices = targets.map((target, i) => {
    if (entitled && !entitled.includes(i)) return 0;
    if ("kind" in target && target.kind !== "PRODUCT") return 0;
    const price = "total" in target ? target.total : target.price;
    return price - allocated(target.allocations);
  });
  discountShares(discount, prices).forEach((amount, i) => {
    if (amount > 0) targets[i]?.allocations.push({ discount: index, amount });
  });
}
