/**
 * What is read of an order, said once: bulk operations, pages and re-reads by id are all put
 * together from these pieces, so that one transform serves every road. Written with
 * `edges { node }` because bulk operations refuse `nodes`, with a plain `id` because a nested
 * connection's parent needs one, and without fragments, which no recording shows in a bulk query.
 * What is left out stands with its reason in docs/shopify-fields.md (`npm run docs:fields`).
 *
 * Nothing here needs a scope beyond read_orders, read_customers, read_products and read_inventory:
 * one field that a shop has not granted would fail the whole bulk operation. Returns, which need
 * read_returns, are asked for apart (order-details.ts). The currencies are those of the order
 * (`currencyCode`, `presentmentCurrencyCode`); an amount repeats its currency only where it may
 * differ.
 */
export const BAG = "{ shopMoney { amount } presentmentMoney { amount } }";
export const BAG_WITH_CURRENCY =
  "{ shopMoney { amount currencyCode } presentmentMoney { amount currencyCode } }";
const SHOP_MONEY = "{ shopMoney { amount } }";
const MONEY = "{ amount currencyCode }";
const ATTRIBUTES = "customAttributes { key value }";
const ADDRESS = "{ city province provinceCode country countryCodeV2 zip timeZone }";
const TAX_LINE = `{ title rate source channelLiable priceSet ${BAG} }`;
const TAX_LINES = `taxLines ${TAX_LINE}`;
const ALLOCATIONS = `discountAllocations { allocatedAmountSet ${BAG} discountApplication { index } }`;

/** A visit that led to the order. */
export const VISIT = `{ __typename id occurredAt landingPage referrerUrl referralCode source sourceDescription
sourceType utmParameters { source medium campaign content term } }`;

const SCALARS = `__typename id legacyResourceId name number confirmationNumber poNumber
createdAt processedAt updatedAt closed closedAt cancelledAt cancelReason cancellation { staffNote }
test edited confirmed currencyCode presentmentCurrencyCode
taxesIncluded taxExempt estimatedTaxes dutiesIncluded
displayFinancialStatus displayFulfillmentStatus returnStatus
capturable fullyPaid unpaid refundable restockable fulfillable requiresShipping
sourceName sourceIdentifier registeredSourceUrl productNetwork
tags note discountCodes paymentGatewayNames customerLocale customerAcceptsMarketing
email phone billingAddressMatchesShippingAddress ${ATTRIBUTES}
subtotalLineItemsQuantity currentSubtotalLineItemsQuantity totalWeight currentTotalWeight`;

const AMOUNTS = `totalPriceSet ${BAG_WITH_CURRENCY} originalTotalPriceSet ${BAG} subtotalPriceSet ${BAG}
totalDiscountsSet ${BAG} cartDiscountAmountSet ${BAG} totalShippingPriceSet ${BAG} totalTaxSet ${BAG}
totalTipReceivedSet ${BAG} totalReceivedSet ${BAG} totalRefundedSet ${BAG}
totalRefundedShippingSet ${BAG} refundDiscrepancySet ${BAG} netPaymentSet ${BAG}
totalOutstandingSet ${BAG} totalCapturableSet ${BAG} originalTotalDutiesSet ${BAG}
originalTotalAdditionalFeesSet ${BAG} currentTotalPriceSet ${BAG} currentSubtotalPriceSet ${BAG}
currentTotalDiscountsSet ${BAG} currentCartDiscountAmountSet ${BAG} currentShippingPriceSet ${BAG}
currentTotalTaxSet ${BAG} currentTotalDutiesSet ${BAG} currentTotalAdditionalFeesSet ${BAG}
totalCashRoundingAdjustment { paymentSet ${BAG} refundSet ${BAG} }`;

const RELATED = `app { id name } merchantOfRecordApp { id name } merchantBusinessEntity { id }
retailLocation { id } customer { id numberOfOrders } purchasingEntity { __typename }
billingAddress ${ADDRESS} shippingAddress ${ADDRESS}
customerJourneySummary { ready customerOrderIndex daysToConversion momentsCount { count precision }
firstVisit ${VISIT} lastVisit ${VISIT} }
risk { recommendation assessments { riskLevel facts { description sentiment } } }
disputes { id initiatedAs status } shopifyProtect { status eligibility { status } }
fulfillmentsCount { count precision }`;

const TRANSACTION = `{ id kind status gateway formattedGateway manualPaymentGateway createdAt processedAt
authorizationExpiresAt test errorCode paymentId parentTransaction { id }
amountSet ${BAG_WITH_CURRENCY} amountRoundingSet ${BAG} totalUnsettledSet ${BAG}
settlementCurrency settlementCurrencyRate
currencyExchangeAdjustment { id adjustment ${MONEY} originalAmountSet ${MONEY} finalAmountSet ${MONEY} }
paymentDetails { __typename ... on CardPaymentDetails { company wallet paymentMethodName }
... on LocalPaymentMethodsPaymentDetails { paymentMethodName }
... on PaypalWalletPaymentDetails { paymentMethodName }
... on ShopPayInstallmentsPaymentDetails { paymentMethodName } }
device { id } location { id }
fees { id type rate rateName flatFeeName amount ${MONEY} flatFee ${MONEY} taxAmount ${MONEY} } }`;

const REFUND = `{ id legacyResourceId createdAt processedAt updatedAt note totalRefundedSet ${BAG_WITH_CURRENCY}
duties { amountSet ${BAG_WITH_CURRENCY} originalDuty { id } } }`;

const FULFILLMENT = `{ id legacyResourceId name status displayStatus createdAt updatedAt inTransitAt deliveredAt
estimatedDeliveryAt requiresShipping totalQuantity location { id }
originAddress { city provinceCode countryCode zip } trackingInfo { company number url } }`;

/** Everything of an order that is not a connection. */
export const ORDER_FIELDS = `${SCALARS}
${AMOUNTS}
${TAX_LINES} currentTaxLines ${TAX_LINE}
additionalFees { id name price ${BAG} ${TAX_LINES} }
${RELATED}
transactions ${TRANSACTION}
refunds ${REFUND}
fulfillments ${FULFILLMENT}`;

export const LINE_ITEM_FIELDS = `__typename id name title variantTitle sku vendor quantity
currentQuantity refundableQuantity unfulfilledQuantity nonFulfillableQuantity
isGiftCard requiresShipping restockable taxable
variant { id } product { id } ${ATTRIBUTES}
sellingPlan { name sellingPlanId } lineItemGroup { id title quantity productId variantId variantSku ${ATTRIBUTES} }
originalUnitPriceSet ${BAG} discountedUnitPriceSet ${BAG} discountedUnitPriceAfterAllDiscountsSet ${BAG}
originalTotalSet ${BAG} discountedTotalSet ${BAG} totalDiscountSet ${BAG}
unfulfilledOriginalTotalSet ${BAG} unfulfilledDiscountedTotalSet ${BAG}
duties { id countryCodeOfOrigin harmonizedSystemCode price ${BAG} ${TAX_LINES} }
${TAX_LINES} ${ALLOCATIONS}`;

export const SHIPPING_LINE_FIELDS = `__typename id title code source carrierIdentifier deliveryCategory custom
isRemoved shippingRateHandle originalPriceSet ${BAG} discountedPriceSet ${BAG}
currentDiscountedPriceSet ${BAG} ${TAX_LINES} ${ALLOCATIONS}`;

export const DISCOUNT_APPLICATION_FIELDS = `__typename index allocationMethod targetSelection
targetType value { __typename ... on MoneyV2 ${MONEY} ... on PricingPercentageValue { percentage } }
... on DiscountCodeApplication { code }
... on AutomaticDiscountApplication { title }
... on ManualDiscountApplication { title description }
... on ScriptDiscountApplication { title }`;

export const AGREEMENT_FIELDS = `__typename id happenedAt reason
... on RefundAgreement { refund { id } }`;

export const SALE_FIELDS = `__typename id actionType lineType quantity
totalAmount ${BAG_WITH_CURRENCY} totalTaxAmount ${BAG}
totalDiscountAmountBeforeTaxes ${BAG} totalDiscountAmountAfterTaxes ${BAG}
taxes { id amount ${SHOP_MONEY} taxLine { title rate } }
... on ProductSale { lineItem { id } } ... on GiftCardSale { lineItem { id } }
... on TipSale { lineItem { id } } ... on ShippingLineSale { shippingLine { id } }
... on DutySale { duty { id } } ... on FeeSale { fee { __typename id } }
... on AdditionalFeeSale { additionalFee { id name } }`;
