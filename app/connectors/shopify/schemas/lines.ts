import { z } from "zod";
import {
  attributes,
  bag,
  children,
  count,
  digits,
  flag,
  list,
  money,
  rate,
  reference,
  text,
} from "./primitives";

export const taxLine = z.object({
  title: text,
  rate,
  source: text,
  channelLiable: flag,
  priceSet: bag,
});

const discountAllocation = z.object({
  allocatedAmountSet: bag,
  discountApplication: z.object({ index: count }).nullish(),
});

const duty = z.object({
  id: z.string(),
  countryCodeOfOrigin: text,
  harmonizedSystemCode: text,
  price: bag,
  taxLines: list(taxLine),
});

export const lineItem = z.object({
  id: z.string(),
  name: text,
  title: text,
  variantTitle: text,
  sku: text,
  vendor: text,
  quantity: count,
  currentQuantity: count,
  refundableQuantity: count,
  unfulfilledQuantity: count,
  nonFulfillableQuantity: count,
  isGiftCard: flag,
  requiresShipping: flag,
  restockable: flag,
  taxable: flag,
  product: reference,
  variant: reference,
  customAttributes: attributes,
  sellingPlan: z.object({ name: text, sellingPlanId: text }).nullish(),
  lineItemGroup: z.object({ id: text, title: text }).nullish(),
  originalUnitPriceSet: bag,
  discountedUnitPriceSet: bag,
  discountedUnitPriceAfterAllDiscountsSet: bag,
  originalTotalSet: bag,
  discountedTotalSet: bag,
  totalDiscountSet: bag,
  unfulfilledOriginalTotalSet: bag,
  unfulfilledDiscountedTotalSet: bag,
  taxLines: list(taxLine),
  discountAllocations: list(discountAllocation),
  duties: children(duty),
});

export const shippingLine = z.object({
  id: text,
  title: text,
  code: text,
  source: text,
  carrierIdentifier: text,
  deliveryCategory: text,
  custom: flag,
  isRemoved: flag,
  originalPriceSet: bag,
  discountedPriceSet: bag,
  currentDiscountedPriceSet: bag,
  taxLines: list(taxLine),
  discountAllocations: list(discountAllocation),
});

export const discountApplication = z.object({
  __typename: text,
  index: count,
  allocationMethod: text,
  targetSelection: text,
  targetType: text,
  code: text,
  title: text,
  description: text,
  value: money.partial().extend({ percentage: rate }).nullish(),
});

export const additionalFee = z.object({
  id: z.string(),
  name: text,
  price: bag,
  taxLines: list(taxLine),
});

export const weight = digits.nullish();
