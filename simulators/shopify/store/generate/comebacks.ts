import type { OrderDraft, Rest } from "../orders/draft";
import { refundOrder, returnOrder } from "../orders/refunds";
import type { RefundInput } from "../orders/take-back";
import type { LineRecord } from "../records";
import type { Life, Story } from "./story";

const TWO_DAYS = 2 * 86_400_000;

/** Refunds and returns on a later day; nothing for stories of another kind. */
export function comeBack(life: Life, story: Story, at: number): void {
  const { draft, random } = life;
  const line = draft.record.lines.find((candidate) => candidate.kind === "PRODUCT");
  const left = line && draft.rest.get(line.id);
  if (!line || !left || left.quantity === 0) return;
  const rateDriftPpm = random.int(-15_000, 15_000);
  const one = {
    at,
    lines: [{ lineId: line.id, quantity: random.int(1, left.quantity) }],
    rateDriftPpm,
  };
  switch (story) {
    case "returned":
      refundOrder(draft, one);
      break;
    case "returnedBroken":
      refundOrder(draft, { ...broken(one, line), note: "Damaged in transit" });
      break;
    case "returnedWhole":
      refundOrder(draft, { ...one, lines: allLeft(draft), shipping: true });
      break;
    case "returnedWithShipping":
      refundOrder(draft, { ...one, shipping: true });
      break;
    case "restockingWithheld":
      refundOrder(draft, {
        ...one,
        withhold: fee(left),
        reason: "RESTOCK",
        note: "Less restocking fee",
      });
      break;
    case "returnFee":
      returnOrder(draft, {
        ...one,
        fees: [{ kind: random.pick(["RestockingFee", "ReturnShippingFee"]), amount: fee(left) }],
      });
      break;
    case "goodsWithoutMoney":
      goodsFirst(life, one);
      break;
    case "moneyWithoutGoods":
      refundOrder(draft, {
        at,
        pay: Math.floor(left.amount / 10) + 1,
        note: "Apology",
        rateDriftPpm,
      });
      break;
    default:
  }
}

function broken(input: RefundInput, line: LineRecord): RefundInput {
  const quantity = input.lines?.[0]?.quantity ?? 1;
  return { ...input, lines: [{ lineId: line.id, quantity, restock: "NO_RESTOCK" }] };
}

/** The goods are booked at once; the money follows two days later, or never. */
function goodsFirst({ draft, random, now }: Life, input: RefundInput): void {
  const refund = refundOrder(draft, { ...input, pay: 0, note: "Goods came back" });
  const owed = refund.adjustments[0]?.amount ?? 0;
  const at = input.at + TWO_DAYS;
  if (owed > 0 && at <= now && random.chance(0.5)) refundOrder(draft, { at, pay: owed });
}

/** Three of the currency's units at most, half of a unit's price where that is less. */
function fee(left: Rest): number {
  return Math.min(300, Math.floor(left.amount / left.quantity / 2));
}

function allLeft(draft: OrderDraft): { lineId: number; quantity: number }[] {
  return draft.record.lines.flatMap((line) => {
    const quantity = draft.rest.get(line.id)?.quantity ?? 0;
    return line.kind !== "TIP" && quantity > 0 ? [{ lineId: line.id, quantity }] : [];
  });
}
