import { formatMoney } from "../money";
import type { PlainNode } from "../types";
import type { NodeContext } from "./context";

const TYPES = {
  code: "DiscountCodeApplication",
  automatic: "AutomaticDiscountApplication",
  manual: "ManualDiscountApplication",
} as const;

/** The DiscountApplication at a position of the order. */
export function discountNode(context: NodeContext, index: number): PlainNode | null {
  const discount = context.record.discounts[index];
  if (!discount) return null;
  const named = discount.kind === "code" ? { code: discount.label } : { title: discount.label };
  return {
    __typename: TYPES[discount.kind],
    index: index + 1,
    allocationMethod: discount.method,
    targetSelection: discount.all ? "ALL" : "ENTITLED",
    targetType: discount.target === "shipping" ? "SHIPPING_LINE" : "LINE_ITEM",
    value:
      "percent" in discount.value
        ? { __typename: "PricingPercentageValue", percentage: discount.value.percent }
        : {
            __typename: "MoneyV2",
            amount: formatMoney(discount.value.amount, context.record.currency),
            currencyCode: context.record.currency,
          },
    ...named,
    ...(discount.kind === "manual" ? { description: discount.label } : {}),
  };
}
