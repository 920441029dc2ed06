import { z } from "zod";
import { fulfillment, orderReturn, refund } from "./schemas/after-sale";
import { journey } from "./schemas/journey";
import { agreement } from "./schemas/ledger";
import {
  additionalFee,
  discountApplication,
  lineItem,
  shippingLine,
  taxLine,
  weight,
} from "./schemas/lines";
import { transaction } from "./schemas/payments";
import {
  attributes,
  bag,
  children,
  count,
  counted,
  flag,
  instant,
  list,
  reference,
  text,
} from "./schemas/primitives";

export type { MoneyBag } from "./schemas/primitives";

const address = z
  .object({
    city: text,
    province: text,
    provinceCode: text,
    country: text,
    countryCodeV2: text,
    zip: text,
  })
  .nullish();

const party = z.object({ id: text, name: text }).nullish();

/**
 * The part of a raw order document that the facts are made from: the whole order, or any part of
 * it. A document of details (refund lines, fulfilment events, returns) has the same shape.
 */
export const orderDocumentSchema = z.object({
  id: z.string(),
  name: text,
  number: count,
  confirmationNumber: text,
  poNumber: text,
  createdAt: instant,
  processedAt: instant,
  updatedAt: instant,
  cancelledAt: instant,
  cancelReason: text,
  cancellation: z.object({ staffNote: text }).nullish(),
  closedAt: instant,
  test: flag,
  edited: flag,
  confirmed: flag,
  currencyCode: text,
  presentmentCurrencyCode: text,
  displayFinancialStatus: text,
  displayFulfillmentStatus: text,
  returnStatus: text,
  fullyPaid: flag,
  unpaid: flag,
  requiresShipping: flag,
  sourceName: text,
  sourceIdentifier: text,
  registeredSourceUrl: text,
  app: party,
  merchantOfRecordApp: party,
  retailLocation: reference,
  taxesIncluded: flag,
  taxExempt: flag,
  estimatedTaxes: flag,
  dutiesIncluded: flag,
  tags: list(z.string()),
  discountCodes: list(z.string()),
  paymentGatewayNames: list(z.string()),
  customAttributes: attributes,
  customer: reference,
  purchasingEntity: z.object({ __typename: text }).nullish(),
  customerAcceptsMarketing: flag,
  customerLocale: text,
  email: text,
  phone: text,
  shippingAddress: address,
  billingAddress: address,
  customerJourneySummary: journey.nullish(),
  risk: z
    .object({ recommendation: text, assessments: list(z.object({ riskLevel: text })) })
    .nullish(),
  disputes: list(z.object({ id: text, initiatedAs: text, status: text })),
  shopifyProtect: z.object({ status: text }).nullish(),
  subtotalLineItemsQuantity: count,
  currentSubtotalLineItemsQuantity: count,
  totalWeight: weight,
  currentTotalWeight: weight,
  fulfillmentsCount: counted,
  totalPriceSet: bag,
  originalTotalPriceSet: bag,
  subtotalPriceSet: bag,
  totalDiscountsSet: bag,
  cartDiscountAmountSet: bag,
  totalShippingPriceSet: bag,
  totalTaxSet: bag,
  totalTipReceivedSet: bag,
  totalReceivedSet: bag,
  totalRefundedSet: bag,
  totalRefundedShippingSet: bag,
  refundDiscrepancySet: bag,
  netPaymentSet: bag,
  totalOutstandingSet: bag,
  totalCapturableSet: bag,
  originalTotalDutiesSet: bag,
  originalTotalAdditionalFeesSet: bag,
  currentTotalPriceSet: bag,
  currentSubtotalPriceSet: bag,
  currentTotalDiscountsSet: bag,
  currentCartDiscountAmountSet: bag,
  currentShippingPriceSet: bag,
  currentTotalTaxSet: bag,
  currentTotalDutiesSet: bag,
  currentTotalAdditionalFeesSet: bag,
  totalCashRoundingAdjustment: z.object({ paymentSet: bag, refundSet: bag }).nullish(),
  taxLines: list(taxLine),
  currentTaxLines: list(taxLine),
  additionalFees: children(additionalFee),
  lineItems: children(lineItem),
  shippingLines: list(shippingLine),
  discountApplications: list(discountApplication),
  transactions: children(transaction),
  refunds: children(refund),
  fulfillments: children(fulfillment),
  returns: children(orderReturn),
  agreements: list(agreement),
});

/** A raw order as it came, connections as plain lists: what staging keeps, every key of it. */
export type RawOrder = Readonly<Record<string, unknown>>;

export type OrderDocument = z.infer<typeof orderDocumentSchema>;
