import type { IdRange } from "../ids";
import { lastUnitsShare } from "../money";
import type { OrderRecord } from "../records";
import type { AgreementRecord, AgreementType, SaleRecord } from "../records-ledger";
import { type Priced, sum } from "./pricing";

/** What of a line, shipping line or duty has neither been returned nor removed. */
export interface Rest extends Priced {
  quantity: number;
}

/** An order in the making: its record, its ids, and what is left of each thing sold. */
export interface OrderDraft {
  record: OrderRecord;
  ids: IdRange;
  rest: Map<number, Rest>;
}

/** The order changed at `at`: no event leaves `updatedAt` behind it. */
export function touch(draft: OrderDraft, at: number): void {
  draft.record.updatedAt = Math.max(draft.record.updatedAt, at);
}

export function addAgreement(
  draft: OrderDraft,
  type: AgreementType,
  happenedAt: number,
  ref: number | null,
  sales: SaleRecord[],
): AgreementRecord {
  const agreement = { id: draft.ids.next("Agreement"), type, happenedAt, ref, sales };
  draft.record.agreements.push(agreement);
  touch(draft, happenedAt);
  return agreement;
}

/** Adds to what is left of a sold thing: a purchase, or the change of its price. */
export function addToRest(draft: OrderDraft, ref: number, quantity: number, priced: Priced): void {
  const rest = draft.rest.get(ref);
  draft.rest.set(ref, {
    quantity: (rest?.quantity ?? 0) + quantity,
    amount: (rest?.amount ?? 0) + priced.amount,
    taxes: priced.taxes.map((tax, i) => tax + (rest?.taxes[i] ?? 0)),
    discount: (rest?.discount ?? 0) + priced.discount,
    discountAfterTaxes: (rest?.discountAfterTaxes ?? 0) + priced.discountAfterTaxes,
  });
}

/**
 * Takes the last `units` of what is left of a sold thing and gives their money, all positive.
 * Throws when fewer are left: an over-refund is refused and changes nothing.
 */
export function takeUnits(draft: OrderDraft, ref: number, units: number): Priced {
  const rest = draft.rest.get(ref);
  if (!rest || units < 1 || units > rest.quantity) {
    throw new Error(
      `Order ${draft.record.name}: ${units} of ${ref} asked back, ${rest?.quantity ?? 0} left`,
    );
  }
  const share = (total: number) => lastUnitsShare(total, units, rest.quantity);
  const taken = {
    amount: share(rest.amount - sum(rest.taxes)),
    taxes: rest.taxes.map(share),
    discount: share(rest.discount),
    discountAfterTaxes: share(rest.discountAfterTaxes),
  };
  // Net and taxes are dealt apart: a unit's price must not swallow an odd cent of its tax.
  taken.amount += sum(taken.taxes);
  draft.rest.set(ref, {
    quantity: rest.quantity - units,
    amount: rest.amount - taken.amount,
    taxes: rest.taxes.map((tax, i) => tax - (taken.taxes[i] ?? 0)),
    discount: rest.discount - taken.discount,
    discountAfterTaxes: rest.discountAfterTaxes - taken.discountAfterTaxes,
  });
  return taken;
}

/** The ledger row of money taken back. */
export function returnRow(
  draft: OrderDraft,
  line: SaleRecord["line"],
  ref: number,
  quantity: number | null,
  taken: Priced,
): SaleRecord {
  return {
    id: draft.ids.next("Sale"),
    action: "RETURN",
    line,
    quantity: quantity === null ? null : -quantity,
    ref,
    amount: 0 - taken.amount,
    taxes: taken.taxes.map((tax) => 0 - tax),
    discount: 0 - taken.discount,
    discountAfterTaxes: 0 - taken.discountAfterTaxes,
  };
}

/** Σ of all ledger rows: what the order is worth now, adjustments included. */
export function ledgerTotal(record: OrderRecord): number {
  let total = 0;
  for (const agreement of record.agreements) {
    for (const sale of agreement.sales) total += sale.amount;
  }
  return total;
}
