import fc from "fast-check";
import { expect, it } from "vitest";
import { sumMoney } from "~/lib/money";
import { transformOrder } from "./transform-order";

const digits = fc.stringMatching(/^-?(0|[1-9]\d{0,24})(\.\d{1,8})?$/);
const bag = (amount: string, presentment: string) => ({
  shopMoney: { amount, currencyCode: "CAD" },
  presentmentMoney: { amount: presentment, currencyCode: "USD" },
});
const sale = (amount: string, index: number) => ({
  id: `gid://shopify/Sale/${index + 1}`,
  actionType: "ORDER",
  lineType: "PRODUCT",
  totalAmount: bag(amount, "0"),
  totalTaxAmount: bag(amount, "0"),
  totalDiscountAmountBeforeTaxes: bag(amount, "0"),
  totalDiscountAmountAfterTaxes: bag("0.00", "0"),
});

it("an amount reaches its column digit for digit, in both currencies", () => {
  fc.assert(
    fc.property(digits, digits, (amount, presentment) => {
      const { order, transactions, refunds } = transformOrder({
        id: "gid://shopify/Order/1",
        totalPriceSet: bag(amount, presentment),
        transactions: [
          { id: "gid://shopify/OrderTransaction/1", amountSet: bag(amount, presentment) },
        ],
        refunds: [{ id: "gid://shopify/Refund/1", totalRefundedSet: bag(amount, presentment) }],
      });
      expect(order.total_price).toBe(amount);
      expect(order.total_price_presentment).toBe(presentment);
      expect(transactions?.[0]).toMatchObject({ amount, amount_presentment: presentment });
      expect(refunds?.[0]).toMatchObject({
        total_refunded: amount,
        total_refunded_presentment: presentment,
      });
    }),
  );
});

it("the sums over the rows of a ledger are the sums over the ledger, to the last digit", () => {
  fc.assert(
    fc.property(fc.array(digits, { maxLength: 30 }), (amounts) => {
      const { sales } = transformOrder({
        id: "gid://shopify/Order/1",
        agreements: [
          {
            __typename: "OrderAgreement",
            id: "gid://shopify/SalesAgreement/1",
            happenedAt: "2026-03-10T12:00:00Z",
            sales: amounts.map(sale),
          },
        ],
      });
      expect(sumMoney((sales ?? []).map((row) => String(row.total_amount)))).toBe(
        sumMoney(amounts),
      );
      expect(sumMoney((sales ?? []).map((row) => String(row.total_tax_amount)))).toBe(
        sumMoney(amounts),
      );
    }),
  );
});
