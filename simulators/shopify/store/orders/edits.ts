import type { SaleRecord } from "../records-ledger";
import { addAgreement, addToRest, type OrderDraft, returnRow, takeUnits } from "./draft";
import { discountChange } from "./pricing";
import { type LineInput, newLine, sellLine } from "./sell";

export type EditChange =
  | { kind: "remove"; lineId: number; quantity: number }
  | { kind: "add"; line: LineInput }
  /** A further discount over all units left of a line, in the price's own terms. */
  | { kind: "discount"; lineId: number; amount: number; label: string };

/**
 * An order edit. Units taken off are RETURN rows ("a removal or return"), a line put on is an ORDER
 * row ("a purchase or charge"), a changed discount an UPDATE row without a quantity.
 */
export function editOrder(draft: OrderDraft, at: number, changes: EditChange[]): void {
  const sales = changes.map((change) => applyChange(draft, change));
  addAgreement(draft, "OrderEditAgreement", at, null, sales);
}

function applyChange(draft: OrderDraft, change: EditChange): SaleRecord {
  const { record, ids } = draft;
  if (change.kind === "add") {
    const line = newLine(draft, change.line, true);
    record.lines.push(line);
    return sellLine(draft, line);
  }
  const line = record.lines.find((candidate) => candidate.id === change.lineId);
  if (!line) throw new Error(`Order ${record.name} holds no line ${change.lineId}`);
  if (change.kind === "remove") {
    const taken = takeUnits(draft, line.id, change.quantity);
    return returnRow(draft, line.kind, line.id, change.quantity, taken);
  }
  record.discounts.push({
    kind: "manual",
    label: change.label,
    value: { amount: change.amount },
    target: "lines",
    method: "EACH",
    all: false,
  });
  line.allocations.push({ discount: record.discounts.length - 1, amount: change.amount });
  const priced = discountChange(change.amount, line.taxRates, record.taxesIncluded);
  addToRest(draft, line.id, 0, priced);
  return {
    id: ids.next("Sale"),
    action: "UPDATE",
    line: "PRODUCT",
    quantity: null,
    ref: line.id,
    ...priced,
  };
}
