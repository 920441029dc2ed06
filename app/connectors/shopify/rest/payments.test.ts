import fc from "fast-check";
import { expect, it } from "vitest";
import { sumMoney } from "~/lib/money";
import { restOrder } from "../rest-order";

const cents = fc
  .integer({ min: 0, max: 10_000_000 })
  .map((value) => `${Math.floor(value / 100)}.${String(value % 100).padStart(2, "0")}`);
const payment = fc.record({
  kind: fc.constantFrom("authorization", "sale", "capture", "change", "refund", "void"),
  status: fc.constantFrom("success", "success", "pending", "failure", "error"),
  amount: cents,
  currency: fc.constant("EUR"),
});
const payments = fc
  .array(payment, { maxLength: 12 })
  .map((list) => list.map((one, index) => ({ ...one, id: index + 1 })));

const totalsOf = (transactions: object[]) => {
  const order = restOrder({ id: 1, currency: "EUR", total_price: "0.00", transactions });
  const amountOf = (bag: unknown) => (bag as { shopMoney: { amount: string } }).shopMoney.amount;
  return {
    received: amountOf(order.totalReceivedSet),
    refunded: amountOf(order.totalRefundedSet),
    net: amountOf(order.netPaymentSet),
  };
};

it("what was kept and what was paid back are what was received, in any order of payments", () => {
  const shuffled = payments.chain((list) =>
    fc.tuple(
      fc.constant(list),
      fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length }),
    ),
  );
  fc.assert(
    fc.property(shuffled, ([list, other]) => {
      const { received, refunded, net } = totalsOf(list);
      expect(sumMoney([net, refunded, "0.00"])).toBe(sumMoney([received, "0.00"]));
      expect(totalsOf(other)).toEqual({ received, refunded, net });
    }),
  );
});

it("no payment that failed, waits or only reserves moves a total", () => {
  fc.assert(
    fc.property(payments, payment, (list, extra) => {
      const counts = extra.status === "success" && !/^(auth|void)/.test(extra.kind);
      fc.pre(!counts);
      const more = [...list, { ...extra, id: list.length + 1 }];
      expect(totalsOf(more)).toEqual(totalsOf(list));
    }),
  );
});
