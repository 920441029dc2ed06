import type { LineRecord, ShippingRecord } from "../records";
import type { SaleRecord } from "../records-ledger";
import { addToRest, type OrderDraft } from "./draft";
import { allocated, priceRow } from "./pricing";

const SALE_LINE = { PRODUCT: "PRODUCT", GIFT_CARD: "GIFT_CARD", TIP: "TIP" } as const;

/** `total` only where a finer unit price than the currency holds makes it no plain product. */
export type LineInput = Omit<LineRecord, "id" | "allocations" | "addedByEdit" | "total"> & {
  total?: number;
};

/** A line as the order holds it. */
export function newLine(draft: OrderDraft, line: LineInput, addedByEdit: boolean): LineRecord {
  const total = line.total ?? line.unitPrice * line.quantity;
  return { ...line, id: draft.ids.next("LineItem"), total, allocations: [], addedByEdit };
}

/** The ORDER row of a line; also for a line that an edit adds. */
export function sellLine(draft: OrderDraft, line: LineRecord): SaleRecord {
  const priced = priceRow(
    line.total,
    allocated(line.allocations),
    line.taxRates,
    draft.record.taxesIncluded,
  );
  addToRest(draft, line.id, line.quantity, priced);
  return {
    id: draft.ids.next("Sale"),
    action: "ORDER",
    line: SALE_LINE[line.kind],
    quantity: line.quantity,
    ref: line.id,
    ...priced,
  };
}

export function sellShipping(draft: OrderDraft, line: ShippingRecord): SaleRecord {
  const discount = allocated(line.allocations);
  const priced = priceRow(line.price, discount, line.taxRates, draft.record.taxesIncluded);
  addToRest(draft, line.id, 1, priced);
  return {
    id: draft.ids.next("Sale"),
    action: "ORDER",
    line: "SHIPPING",
    quantity: null,
    ref: line.id,
    ...priced,
  };
}

export function sellDuty(
  draft: OrderDraft,
  duty: { line: number; amount: number; countryCode: string; hsCode: string },
): SaleRecord {
  const id = draft.ids.next("Duty");
  const lineId = draft.record.lines[duty.line]?.id;
  if (lineId === undefined) throw new Error(`No line ${duty.line} to put a duty on`);
  const { amount, countryCode, hsCode } = duty;
  draft.record.duties.push({ id, lineId, amount, countryCode, hsCode });
  const priced = { amount, taxes: [], discount: 0, discountAfterTaxes: 0 };
  addToRest(draft, id, 1, priced);
  return {
    id: draft.ids.next("Sale"),
    action: "ORDER",
    line: "DUTY",
    quantity: null,
    ref: id,
    ...priced,
  };
}

/** A fee of the merchant's own rules; it is not given back with the goods. */
export function sellFee(draft: OrderDraft, fee: { name: string; amount: number }): SaleRecord {
  const id = draft.ids.next("AdditionalFee");
  draft.record.additionalFees.push({ id, ...fee });
  return { ...charge(draft, fee.amount), line: "ADDITIONAL_FEE", ref: id };
}

/** A row that names nothing this API version knows. */
export function sellUnknown(draft: OrderDraft, amount: number): SaleRecord {
  return { ...charge(draft, amount), line: "UNKNOWN", ref: null };
}

function charge(draft: OrderDraft, amount: number): Omit<SaleRecord, "line" | "ref"> {
  return {
    id: draft.ids.next("Sale"),
    action: "ORDER",
    quantity: null,
    amount,
    taxes: [],
    discount: 0,
    discountAfterTaxes: 0,
  };
}
