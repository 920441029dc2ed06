import { editOrder } from "../orders/edits";
import { addTransaction, balance } from "../orders/payments";
import { sum } from "../orders/pricing";
import { refundOrder } from "../orders/refunds";
import { productLine } from "./basket";
import type { Life, Story } from "./story";

const HOUR = 3_600_000;

/** Order edits: a unit taken off, a line put on and paid, a discount raised; else nothing. */
export function reviseOrder(
  { draft, random, now, catalogue }: Life,
  story: Story,
  at: number,
): void {
  const line = draft.record.lines.find((candidate) => candidate.kind === "PRODUCT");
  const left = line && draft.rest.get(line.id);
  if (!line || !left) return;
  const settledAt = Math.min(now, at + HOUR);
  if (story === "lineAdded") {
    const product = random.pick(catalogue.slice(0, -1));
    const added = productLine(random, product, 1, line.taxRates);
    editOrder(draft, at, [{ kind: "add", line: added }]);
    const settles = balance(draft.record);
    addTransaction(draft, { at: settledAt, kind: "SALE", settles, gateway: "manual" });
    return;
  }
  if (story === "unitRemoved") {
    editOrder(draft, at, [{ kind: "remove", lineId: line.id, quantity: 1 }]);
  } else if (story === "discountRaised") {
    const amount = Math.ceil((left.amount - sum(left.taxes)) / 10);
    if (amount === 0) return;
    editOrder(draft, at, [{ kind: "discount", lineId: line.id, amount, label: "Goodwill" }]);
  } else return;
  // The edit has booked the sale's side already: paying back what it left over adds no row.
  if (balance(draft.record) < 0 && random.chance(0.8)) {
    refundOrder(draft, { at: settledAt, note: "Order edited" });
  }
}
