import type { OrderDocument } from "~/connectors/shopify/order-schemas";
import { requireId } from "../require-id";
import type { Entry } from "./entries";
import { plainly } from "./rest-of-things";
import { shopAmount } from "./shares";

/** Restocking and return shipping fees, on the day of the refund that they were kept back from. */
export function returnFeeEntries(doc: OrderDocument): Entry[] {
  return (doc.returns ?? []).flatMap((item) => {
    const ids = (item.refunds ?? []).map(({ id }) => id);
    const refund = (doc.refunds ?? []).find(({ id }) => ids.includes(id));
    const at = refund?.createdAt ?? refund?.processedAt ?? item.closedAt;
    if (!at) return [];
    const restocking = (item.returnLineItems ?? []).flatMap((line) => line.restockingFee ?? []);
    return [...(item.returnShippingFees ?? []), ...restocking].flatMap((fee): Entry[] => {
      const amount = shopAmount(fee.amountSet);
      const id = requireId(fee.id);
      if (!amount) return [];
      return [
        {
          ...plainly(amount),
          key: { kind: "RETURN_FEE", id },
          agreement: "ReturnAgreement",
          action: "ORDER",
          type: "FEE",
          quantity: null,
          id,
          refundId: null,
          at,
        },
      ];
    });
  });
}
