/**
 * What is read of an order, said once: bulk operations, pages and re-reads by id are all put
 * together from these pieces, so that one transform serves every road. Written with
 * `edges { node }` because bulk operations refuse `nodes`, with a plain `id` because a nested
 * connection's parent needs one, and without fragments, which no recording shows in a bulk query.
 * The currencies are those of the order (`currencyCode`, `presentmentCurrencyCode`); an amount
 * repeats its currency only where it may differ.
 */
const BAG = "{ shopMoney { amount } presentmentMoney { amount } }";
const BAG_WITH_CURRENCY =
  "{ shopMoney { amount currencyCode } presentmentMoney { amount currencyCode } }";
const SHOP_MONEY = "{ shopMoney { amount } }";
const MONEY = "{ amount currencyCode }";
const ADDRESS = "{ city province provinceCode country countryCodeV2 }";
const TAX_LINES = `taxLines { title rate priceSet ${SHOP_MONEY} }`;
const ALLOCATIONS = `discountAllocations { allocatedAmountSet ${SHOP_MONEY} discountApplication { index } }`;
const VISIT = `{ id occurredAt landingPage referrerUrl referralCode source sourceType
utmParameters { source medium campaign content term } }`;

/** Everything of an order that is not a connection. */
export const ORDER_FIELDS = `__typename id legacyResourceId name confirmationNumber
createdAt processedAt updatedAt closedAt cancelledAt cancelReason test edited
currencyCode presentmentCurrencyCode taxesIncluded taxExempt
displayFinancialStatus displayFulfillmentStatus returnStatus
sourceName sourceIdentifier app { id name }
tags note discountCodes paymentGatewayNames customerLocale customerAcceptsMarketing
email phone customAttributes { key value }
totalPriceSet ${BAG_WITH_CURRENCY} subtotalPriceSet ${BAG} totalDiscountsSet ${BAG}
totalShippingPriceSet ${BAG} totalTaxSet ${BAG} totalTipReceivedSet ${BAG} totalReceivedSet ${BAG}
totalRefundedSet ${BAG} netPaymentSet ${BAG} totalOutstandingSet ${BAG} totalCapturableSet ${BAG}
currentTotalPriceSet ${BAG} currentSubtotalPriceSet ${BAG} currentTotalDiscountsSet ${BAG}
currentTotalTaxSet ${BAG}
${TAX_LINES}
customer { id numberOfOrders }
billingAddress ${ADDRESS} shippingAddress ${ADDRESS}
customerJourneySummary { ready customerOrderIndex daysToConversion firstVisit ${VISIT} lastVisit ${VISIT} }
transactions { id kind status gateway createdAt processedAt test errorCode parentTransaction { id }
amountSet ${BAG_WITH_CURRENCY} amountRoundingSet ${BAG}
fees { id type rate rateName amount ${MONEY} taxAmount ${MONEY} } }
refunds { id createdAt processedAt note return { id } totalRefundedSet ${BAG_WITH_CURRENCY} }`;

export const LINE_ITEM_FIELDS = `__typename id title variantTitle sku vendor quantity
currentQuantity refundableQuantity isGiftCard requiresShipping taxable
variant { id } product { id } customAttributes { key value }
originalUnitPriceSet ${BAG} originalTotalSet ${BAG} discountedTotalSet ${BAG} totalDiscountSet ${BAG}
${TAX_LINES} ${ALLOCATIONS}`;

export const SHIPPING_LINE_FIELDS = `__typename id title code source carrierIdentifier isRemoved
originalPriceSet ${BAG} discountedPriceSet ${BAG} ${TAX_LINES} ${ALLOCATIONS}`;

export const DISCOUNT_APPLICATION_FIELDS = `__typename index allocationMethod targetSelection
targetType value { __typename ... on MoneyV2 ${MONEY} ... on PricingPercentageValue { percentage } }
... on DiscountCodeApplication { code }
... on AutomaticDiscountApplication { title }
... on ManualDiscountApplication { title description }
... on ScriptDiscountApplication { title }`;

export const AGREEMENT_FIELDS = `__typename id happenedAt reason
... on RefundAgreement { refund { id } } ... on ReturnAgreement { return { id } }`;

export const SALE_FIELDS = `__typename id actionType lineType quantity
totalAmount { shopMoney { amount currencyCode } } totalTaxAmount ${SHOP_MONEY}
totalDiscountAmountBeforeTaxes ${SHOP_MONEY} totalDiscountAmountAfterTaxes ${SHOP_MONEY}
... on ProductSale { lineItem { id } } ... on GiftCardSale { lineItem { id } }
... on TipSale { lineItem { id } } ... on ShippingLineSale { shippingLine { id } }`;
