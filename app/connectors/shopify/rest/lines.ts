import { type Body, bagOf, type Currencies, gidOf, itemsOf, reference, renamed } from "./values";

/**
 * A line item as GraphQL has it. `total_discount` is left out: REST fills it for draft orders and
 * scripts alone, so its "0.00" does not say that there was no discount; the allocations do.
 */
export function lineItem(currencies: Currencies) {
  return (line: Body) => ({
    __typename: "LineItem",
    id: gidOf("LineItem", line),
    ...renamed(line, {
      title: "title",
      name: "name",
      variant_title: "variantTitle",
      sku: "sku",
      vendor: "vendor",
      quantity: "quantity",
      current_quantity: "currentQuantity",
      gift_card: "isGiftCard",
      requires_shipping: "requiresShipping",
      taxable: "taxable",
    }),
    product: reference("Product", line.product_id),
    variant: reference("ProductVariant", line.variant_id),
    customAttributes: attributes(line, "properties"),
    originalUnitPriceSet: bagOf(line, "price", currencies),
    taxLines: taxLines(line, currencies),
    duties: itemsOf(line, "duties")?.map((duty) => ({
      id: gidOf("Duty", duty),
      ...renamed(duty, {
        harmonized_system_code: "harmonizedSystemCode",
        country_code_of_origin: "countryCodeOfOrigin",
      }),
      price: bagOf(duty, "price", currencies),
      taxLines: taxLines(duty, currencies),
    })),
    discountAllocations: allocations(line, currencies),
  });
}

export function shippingLine(currencies: Currencies) {
  return (line: Body) => ({
    __typename: "ShippingLine",
    id: gidOf("ShippingLine", line),
    ...renamed(line, {
      title: "title",
      code: "code",
      source: "source",
      phone: "phone",
      carrier_identifier: "carrierIdentifier",
      delivery_category: "deliveryCategory",
      is_removed: "isRemoved",
    }),
    originalPriceSet: bagOf(line, "price", currencies),
    discountedPriceSet: bagOf(line, "discounted_price", currencies),
    currentDiscountedPriceSet: bagOf(line, "current_discounted_price", currencies),
    taxLines: taxLines(line, currencies),
    discountAllocations: allocations(line, currencies),
  });
}

/** Taxes by title; a rate is no money, so it is a number as in GraphQL. */
export function taxLines(body: Body, currencies: Currencies) {
  return itemsOf(body, "tax_lines")?.map((line) => ({
    ...renamed(line, { title: "title", channel_liable: "channelLiable" }),
    rate: typeof line.rate === "string" ? Number(line.rate) : line.rate,
    priceSet: bagOf(line, "price", currencies),
  }));
}

/** REST's `{name, value}` lists as GraphQL's `{key, value}`. */
export function attributes(body: Body, key: string) {
  return itemsOf(body, key)?.map(({ name, value }) => ({
    key: name,
    value: value === null || value === undefined ? null : String(value),
  }));
}

function allocations(line: Body, currencies: Currencies) {
  return itemsOf(line, "discount_allocations")?.map((allocation) => ({
    allocatedAmountSet: bagOf(allocation, "amount", currencies),
    discountApplication: { index: allocation.discount_application_index },
  }));
}
