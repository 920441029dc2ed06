import { z } from "zod";
import { count, moneyBag, reference, text } from "./primitives";

const sale = z.object({
  id: z.string(),
  actionType: z.string(),
  lineType: z.string(),
  quantity: count,
  lineItem: reference,
  shippingLine: z.object({ id: text }).nullish(),
  duty: reference,
  fee: reference,
  additionalFee: reference,
  totalAmount: moneyBag,
  totalTaxAmount: moneyBag,
  totalDiscountAmountBeforeTaxes: moneyBag,
  totalDiscountAmountAfterTaxes: moneyBag,
});

export const agreement = z.object({
  __typename: z.string(),
  id: z.string(),
  happenedAt: z.iso.datetime({ offset: true }),
  reason: text,
  refund: reference,
  sales: z.array(sale),
});
