import { z } from "zod";

/**
 * The part of a raw order document that the facts are made from. Strict about what is used (an
 * amount is a decimal string, a list a list), tolerant about what may be missing: a fixture, an
 * old body or a narrower query holds less, and what is not held becomes null, never 0. Enums are
 * plain strings, because Shopify adds values within a version.
 */
const decimal = z.string().regex(/^-?\d+(\.\d+)?$/, "must be a decimal string");
const money = z.object({ amount: decimal, currencyCode: z.string().nullish() });
const moneyBag = z.object({ shopMoney: money, presentmentMoney: money.nullish() });
const instant = z.iso.datetime({ offset: true });
const text = z.string().nullish();
const reference = z.object({ id: z.string() }).nullish();
const list = <T extends z.ZodType>(item: T) => z.array(item).nullish();

/** Children become rows by their ids: a list read without ids counts as not held. */
const children = <T extends z.ZodType>(item: T) =>
  z.preprocess((value) => (Array.isArray(value) && !value.every(hasId) ? null : value), list(item));

function hasId(value: unknown): boolean {
  return typeof value === "object" && value !== null && "id" in value;
}

const visit = z.object({
  landingPage: text,
  referrerUrl: text,
  utmParameters: z
    .object({ source: text, medium: text, campaign: text, content: text, term: text })
    .nullish(),
});

const lineItem = z.object({
  id: z.string(),
  title: text,
  variantTitle: text,
  sku: text,
  vendor: text,
  quantity: z.number().int().nullish(),
  currentQuantity: z.number().int().nullish(),
  isGiftCard: z.boolean().nullish(),
  requiresShipping: z.boolean().nullish(),
  taxable: z.boolean().nullish(),
  product: reference,
  variant: reference,
  originalUnitPriceSet: moneyBag.nullish(),
  originalTotalSet: moneyBag.nullish(),
  discountedTotalSet: moneyBag.nullish(),
  totalDiscountSet: moneyBag.nullish(),
});

const transaction = z.object({
  id: z.string(),
  kind: text,
  status: text,
  gateway: text,
  test: z.boolean().nullish(),
  createdAt: instant.nullish(),
  processedAt: instant.nullish(),
  parentTransaction: reference,
  amountSet: moneyBag.nullish(),
  amountRoundingSet: moneyBag.nullish(),
});

const refund = z.object({
  id: z.string(),
  createdAt: instant.nullish(),
  note: text,
  totalRefundedSet: moneyBag.nullish(),
});

const sale = z.object({
  id: z.string(),
  actionType: z.string(),
  lineType: z.string(),
  quantity: z.number().int().nullish(),
  lineItem: reference,
  totalAmount: moneyBag,
  totalTaxAmount: moneyBag,
  totalDiscountAmountBeforeTaxes: moneyBag,
  totalDiscountAmountAfterTaxes: moneyBag,
});

const agreement = z.object({
  __typename: z.string(),
  id: z.string(),
  happenedAt: instant,
  reason: text,
  sales: z.array(sale),
});

export const orderDocumentSchema = z.object({
  id: z.string(),
  name: text,
  createdAt: instant.nullish(),
  processedAt: instant.nullish(),
  updatedAt: instant.nullish(),
  cancelledAt: instant.nullish(),
  cancelReason: text,
  closedAt: instant.nullish(),
  test: z.boolean().nullish(),
  currencyCode: text,
  presentmentCurrencyCode: text,
  displayFinancialStatus: text,
  displayFulfillmentStatus: text,
  returnStatus: text,
  sourceName: text,
  taxesIncluded: z.boolean().nullish(),
  tags: list(z.string()),
  discountCodes: list(z.string()),
  paymentGatewayNames: list(z.string()),
  customer: reference,
  email: text,
  phone: text,
  shippingAddress: z.object({ countryCodeV2: text, provinceCode: text }).nullish(),
  customerJourneySummary: z
    .object({
      customerOrderIndex: z.number().int().nullish(),
      firstVisit: visit.nullish(),
      lastVisit: visit.nullish(),
    })
    .nullish(),
  totalPriceSet: moneyBag.nullish(),
  subtotalPriceSet: moneyBag.nullish(),
  totalDiscountsSet: moneyBag.nullish(),
  totalShippingPriceSet: moneyBag.nullish(),
  totalTaxSet: moneyBag.nullish(),
  totalTipReceivedSet: moneyBag.nullish(),
  totalReceivedSet: moneyBag.nullish(),
  totalRefundedSet: moneyBag.nullish(),
  netPaymentSet: moneyBag.nullish(),
  totalOutstandingSet: moneyBag.nullish(),
  totalCapturableSet: moneyBag.nullish(),
  currentTotalPriceSet: moneyBag.nullish(),
  currentSubtotalPriceSet: moneyBag.nullish(),
  currentTotalDiscountsSet: moneyBag.nullish(),
  currentTotalTaxSet: moneyBag.nullish(),
  lineItems: children(lineItem),
  transactions: children(transaction),
  refunds: children(refund),
  agreements: list(agreement),
});

/** A raw order as it came, connections as plain lists: what staging keeps, every key of it. */
export type RawOrder = Readonly<Record<string, unknown>>;

export type OrderDocument = z.infer<typeof orderDocumentSchema>;
export type MoneyBag = z.infer<typeof moneyBag>;
