import Big from "big.js";
import type { OrderDocument } from "~/connectors/shopify/order-schemas";
import { allHold } from "../detail-rows";
import { idOf, requireId } from "../require-id";
import { linePrice } from "./line-price";
import type { SaleKey } from "./sale-ids";
import { knownSum, shopAmount } from "./shares";
import { tipLines } from "./tip-lines";

type Line = NonNullable<OrderDocument["lineItems"]>[number];
type Shipping = NonNullable<OrderDocument["shippingLines"]>[number];

export type SoldType = "PRODUCT" | "GIFT_CARD" | "TIP" | "SHIPPING" | "DUTY" | "ADDITIONAL_FEE";

export interface Tax {
  /** Share of the net price, as a decimal string; null where the payload does not say. */
  rate: string | null;
  amount: Big;
}

/** A thing that an order sold, as its payload states it: shop money, units before returns. */
export interface SoldThing {
  key: SaleKey;
  type: SoldType;
  /** Number of the line item, shipping line, duty or fee. */
  id: string | null;
  quantity: number | null;
  /** Before discounts; holds its taxes where prices include them. */
  price: Big;
  /** Null: not stated for this thing. */
  discount: Big | null;
  taxes: Tax[] | null;
}

/** Everything that the order sold; null where a price, or the lines themselves, are not held. */
export function soldThings(orderId: string, doc: OrderDocument): SoldThing[] | null {
  const { lineItems, shippingLines } = doc;
  if (!lineItems) return null;
  const tips = tipLines(doc, lineItems);
  const things = [
    ...lineItems.map((line) => soldLine(line, tips.has(line.id))),
    ...(shippingLines ?? []).map((line, index) => soldShipping(orderId, line, index)),
    ...(allHold(lineItems, "duties")
      ? lineItems.flatMap((line) => line.duties ?? []).map((duty) => charge("DUTY", duty))
      : charged("DUTY", orderId, doc.originalTotalDutiesSet)),
    ...(doc.additionalFees?.map((fee) => charge("ADDITIONAL_FEE", fee)) ??
      charged("ADDITIONAL_FEE", orderId, doc.originalTotalAdditionalFeesSet)),
  ];
  return things.every((thing) => thing !== null) ? things : null;
}

function soldLine(line: Line, isTip: boolean): SoldThing | null {
  const price = linePrice(line);
  if (!price || line.quantity == null) return null;
  const id = requireId(line.id);
  return {
    key: { kind: "LINE", id },
    type: line.isGiftCard ? "GIFT_CARD" : isTip ? "TIP" : "PRODUCT",
    id,
    quantity: line.quantity,
    price,
    discount: allocated(line.discountAllocations),
    taxes: taxesOf(line.taxLines),
  };
}

function soldShipping(orderId: string, line: Shipping, index: number): SoldThing | null {
  const price = shopAmount(line.originalPriceSet) ?? shopAmount(line.discountedPriceSet);
  if (!price) return null;
  const id = idOf(line);
  const discounted = shopAmount(line.discountedPriceSet);
  return {
    key: id ? { kind: "SHIPPING", id } : { kind: "SHIPPING", id: orderId, position: index + 1 },
    type: "SHIPPING",
    id,
    quantity: null,
    price,
    discount: allocated(line.discountAllocations) ?? (discounted && price.minus(discounted)),
    taxes: taxesOf(line.taxLines),
  };
}

/** Duties and fees of the merchant's own rules know no discounts. */
function charge(
  type: "DUTY" | "ADDITIONAL_FEE",
  item: Pick<NonNullable<OrderDocument["additionalFees"]>[number], "id" | "price" | "taxLines">,
): SoldThing | null {
  const price = shopAmount(item.price);
  const id = requireId(item.id);
  const taxes = taxesOf(item.taxLines ?? []);
  return (
    price && {
      key: { kind: type, id },
      type,
      id,
      quantity: null,
      price,
      discount: new Big(0),
      taxes,
    }
  );
}

/** The same as one thing, where a payload has their sum and no list of them. */
function charged(
  type: "DUTY" | "ADDITIONAL_FEE",
  orderId: string,
  total: OrderDocument["totalPriceSet"],
): SoldThing[] {
  const price = shopAmount(total);
  if (!price || price.eq(0)) return [];
  const key = { kind: type, id: orderId, position: 1 };
  return [{ key, type, id: null, quantity: null, price, discount: new Big(0), taxes: [] }];
}

function allocated(allocations: Line["discountAllocations"]): Big | null {
  return allocations
    ? knownSum(allocations.map(({ allocatedAmountSet }) => shopAmount(allocatedAmountSet)))
    : null;
}

function taxesOf(lines: OrderDocument["taxLines"]): Tax[] | null {
  const taxes = (lines ?? []).map(({ rate, priceSet }) => ({
    rate: rate ?? null,
    amount: shopAmount(priceSet),
  }));
  const known = taxes.flatMap(({ rate, amount }) => (amount ? [{ rate, amount }] : []));
  return lines && known.length === taxes.length ? known : null;
}
