import { type Body, type Currencies, enumName, itemsOf, renamed } from "./values";

const TYPES: Readonly<Record<string, string>> = {
  discount_code: "DiscountCodeApplication",
  automatic: "AutomaticDiscountApplication",
  manual: "ManualDiscountApplication",
  script: "ScriptDiscountApplication",
};

/** The codes themselves; what each took off stands in the allocations of the lines. */
export function discountCodes(body: Body): unknown[] | undefined {
  return itemsOf(body, "discount_codes")?.map(({ code }) => code);
}

export function discountApplication({ shop }: Currencies) {
  return (body: Body, index: number) => ({
    __typename: TYPES[String(body.type)],
    index,
    ...renamed(body, { code: "code", title: "title", description: "description" }),
    allocationMethod: enumName(body.allocation_method),
    targetSelection: enumName(body.target_selection),
    targetType: enumName(body.target_type),
    value:
      body.value_type === "percentage"
        ? percentageOf(body.value)
        : { __typename: "MoneyV2", amount: String(body.value), currencyCode: shop },
  });
}

/** A percentage is no amount: GraphQL writes it as a number. */
function percentageOf(percentage: unknown) {
  return { __typename: "PricingPercentageValue", percentage: Number(percentage) };
}
