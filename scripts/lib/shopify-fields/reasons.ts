/** Why a field is not read. A field that is neither read nor named here stops the script. */
export const REASONS = {
  admin: "says what the admin or an app may do next, which is no fact about the order",
  apart: "needs a scope that a shop may not have granted yet; returns are read apart, and name it",
  back: "leads back to what is being read",
  derivable: "follows from fields that are read",
  log: "the admin's timeline; what happened stands in the ledger, the payments and the parcels",
  other_app: "another app's business: subscriptions, warehouses, the payment provider",
  own_stream: "an object of its own, read by its own stream",
  personal: "names or reaches a person, and no figure needs it",
  presentation: "made for showing: pictures, HTML, formatted text",
  scope: "needs a scope that the app does not ask for",
  settings:
    "only those that the shop's settings name are read, each as `metafield`, into `order_metafields`",
  suggestion: "Shopify's suggestion for an amount that nobody has booked",
  undocumented:
    "what access it needs is documented nowhere, and one refused field fails a whole bulk operation",
  unit: "the same value in another unit",
} as const;

export type Reason = keyof typeof REASONS;

/** Types that an order points at; only these fields of them belong to the order. */
export const REFERENCES: Readonly<Record<string, Reason>> = {
  Customer: "own_stream",
  Product: "own_stream",
  ProductVariant: "own_stream",
  Location: "own_stream",
  BusinessEntity: "own_stream",
  OrderApp: "presentation",
  PointOfSaleDevice: "own_stream",
};

/** Values that a field holds whole; their own fields are not listed. */
export const VALUES = ["MoneyBag", "MoneyV2", "Count", "Weight"];

/** `Type.field`, or `*.field` for every type that has it. */
export const LEFT_OUT: Readonly<Record<string, Reason>> = {
  "*.order": "back",
  "*.staffMember": "scope",
  "*.user": "scope",
  "*.app": "undocumented",

  "Order.alerts": "admin",
  "Order.canMarkAsPaid": "admin",
  "Order.canNotifyCustomer": "admin",
  "Order.clientIp": "personal",
  "Order.discountCode": "derivable",
  "Order.displayAddress": "derivable",
  "Order.events": "log",
  "Order.fulfillmentOrders": "scope",
  "Order.hasTimelineComment": "log",
  "Order.localizedFields": "personal",
  "Order.merchantEditable": "admin",
  "Order.merchantEditableErrors": "admin",
  "Order.metafield": "settings",
  "Order.metafields": "settings",
  "Order.nonFulfillableLineItems": "derivable",
  "Order.paymentCollectionDetails": "personal",
  "Order.paymentTerms": "scope",
  "Order.publication": "undocumented",
  "Order.shippingLine": "derivable",
  "Order.statusPageUrl": "personal",
  "Order.suggestedRefund": "suggestion",
  "Order.transactionsCount": "derivable",

  "MailingAddress.address1": "personal",
  "MailingAddress.address2": "personal",
  "MailingAddress.company": "personal",
  "MailingAddress.coordinatesValidated": "admin",
  "MailingAddress.firstName": "personal",
  "MailingAddress.formatted": "personal",
  "MailingAddress.formattedArea": "presentation",
  "MailingAddress.id": "personal",
  "MailingAddress.lastName": "personal",
  "MailingAddress.latitude": "personal",
  "MailingAddress.longitude": "personal",
  "MailingAddress.name": "personal",
  "MailingAddress.phone": "personal",
  "MailingAddress.validationResultSummary": "admin",

  "LineItem.contract": "other_app",
  "LineItem.image": "presentation",
  "LineItem.merchantEditable": "admin",
  "LineItem.suggestedReturnReasonDefinitions": "suggestion",
  "ShippingLine.phone": "personal",
  "TaxLine.ratePercentage": "unit",

  "CustomerVisit.landingPageHtml": "presentation",
  "CustomerVisit.marketingEvent": "scope",
  "CustomerVisit.referralInfoHtml": "presentation",

  "OrderRiskAssessment.provider": "undocumented",

  "OrderTransaction.accountNumber": "personal",
  "OrderTransaction.manuallyCapturable": "admin",
  "OrderTransaction.maximumRefundableV2": "admin",
  "OrderTransaction.multiCapturable": "admin",
  "OrderTransaction.paymentIcon": "presentation",
  "OrderTransaction.receiptJson": "personal",
  "OrderTransaction.shopifyPaymentsSet": "other_app",
  "CardPaymentDetails.avsResultCode": "personal",
  "CardPaymentDetails.bin": "personal",
  "CardPaymentDetails.cvvResultCode": "personal",
  "CardPaymentDetails.expirationMonth": "personal",
  "CardPaymentDetails.expirationYear": "personal",
  "CardPaymentDetails.name": "personal",
  "CardPaymentDetails.number": "personal",
  "LocalPaymentMethodsPaymentDetails.paymentDescriptor": "personal",

  "SaleAdditionalFee.price": "derivable",
  "SaleAdditionalFee.taxLines": "derivable",

  "Refund.return": "apart",

  "Fulfillment.fulfillmentOrders": "scope",
  "Fulfillment.service": "undocumented",
  "FulfillmentOriginAddress.address1": "personal",
  "FulfillmentOriginAddress.address2": "personal",
  "FulfillmentEvent.address1": "personal",
  "FulfillmentEvent.latitude": "personal",
  "FulfillmentEvent.longitude": "personal",

  "Return.reverseFulfillmentOrders": "other_app",
  "Return.suggestedFinancialOutcome": "suggestion",
  "Return.transactions": "derivable",
  "ReturnReasonDefinition.deleted": "admin",
  "ReturnAgreement.return": "apart",
};
