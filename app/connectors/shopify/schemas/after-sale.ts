import { z } from "zod";
import {
  bag,
  children,
  count,
  flag,
  instant,
  list,
  money,
  rate,
  reference,
  text,
} from "./primitives";

const refundLineItem = z.object({
  id: text,
  quantity: count,
  restockType: text,
  restocked: flag,
  lineItem: reference,
  location: reference,
  priceSet: bag,
  subtotalSet: bag,
  totalTaxSet: bag,
});

/** A refund's head comes with the order; what it names line by line comes with the details. */
export const refund = z.object({
  id: z.string(),
  createdAt: instant,
  processedAt: instant,
  updatedAt: instant,
  note: text,
  totalRefundedSet: bag,
  duties: list(z.object({ amountSet: bag, originalDuty: reference })),
  refundLineItems: list(refundLineItem),
  orderAdjustments: children(
    z.object({ id: z.string(), reason: text, amountSet: bag, taxAmountSet: bag }),
  ),
  refundShippingLines: children(
    z.object({
      id: z.string(),
      shippingLine: z.object({ id: text }).nullish(),
      subtotalAmountSet: bag,
      taxAmountSet: bag,
    }),
  ),
  transactions: children(z.object({ id: z.string() })),
});

const fulfillmentEvent = z.object({
  id: z.string(),
  status: text,
  happenedAt: instant,
  createdAt: instant,
  estimatedDeliveryAt: instant,
  message: text,
  city: text,
  province: text,
  country: text,
  zip: text,
});

/** A parcel: its lines and events come with the details. */
export const fulfillment = z.object({
  id: z.string(),
  name: text,
  status: text,
  displayStatus: text,
  createdAt: instant,
  updatedAt: instant,
  inTransitAt: instant,
  deliveredAt: instant,
  estimatedDeliveryAt: instant,
  requiresShipping: flag,
  totalQuantity: count,
  location: reference,
  trackingInfo: list(z.object({ company: text, number: text, url: text })),
  fulfillmentLineItems: children(
    z.object({
      id: z.string(),
      quantity: count,
      lineItem: reference,
      originalTotalSet: bag,
      discountedTotalSet: bag,
    }),
  ),
  events: children(fulfillmentEvent),
});

const fee = z.object({ id: z.string(), amountSet: bag, percentage: rate });

const returnLineItem = z.object({
  __typename: text,
  id: z.string(),
  quantity: count,
  processableQuantity: count,
  processedQuantity: count,
  unprocessedQuantity: count,
  refundableQuantity: count,
  refundedQuantity: count,
  returnReasonNote: text,
  customerNote: text,
  returnReasonDefinition: z.object({ handle: text, name: text }).nullish(),
  fulfillmentLineItem: z.object({ id: z.string(), lineItem: reference }).nullish(),
  withCodeDiscountedTotalPriceSet: bag,
  unitPrice: money.nullish(),
  restockingFee: fee.nullish(),
});

export const orderReturn = z.object({
  id: z.string(),
  name: text,
  status: text,
  createdAt: instant,
  closedAt: instant,
  requestApprovedAt: instant,
  totalQuantity: count,
  decline: z.object({ reason: text }).nullish(),
  returnShippingFees: children(fee),
  returnLineItems: children(returnLineItem),
  refunds: children(z.object({ id: z.string() })),
});
