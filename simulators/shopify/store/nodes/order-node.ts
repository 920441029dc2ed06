import { gid } from "../ids";
import type { OrderRecord } from "../records";
import type { RiskRecommendation } from "../records-extra";
import type { OrderNode, PlainNode, SimShop } from "../types";
import { agreementNode } from "./agreements";
import { instant, type NodeContext, nodeContext } from "./context";
import { discountNode } from "./discounts";
import { fulfillmentNode } from "./fulfillments";
import { journeyNode } from "./journey";
import type { CatalogueIndex } from "./line-product";
import { additionalFeeNode, lineNode, orderTaxLines, shippingNode } from "./lines";
import { locationReference, TILL } from "./locations";
import { metafieldNodes } from "./metafields";
import { orderMoney } from "./order-money";
import { orderScalars, orderState } from "./order-scalars";
import { addressNode, customerNode } from "./people";
import { refundNode, returnNode } from "./refunds";
import { transactionNode } from "./transactions";

/** The whole Order: every field that is not deprecated, lists and connections as plain arrays. */
export function orderNode(
  shop: SimShop,
  record: OrderRecord,
  catalogue: CatalogueIndex,
): OrderNode {
  const context = nodeContext(shop, record);
  return {
    __typename: "Order",
    id: gid("Order", record.id),
    legacyResourceId: String(record.id),
    ...orderScalars(context),
    ...orderState(context),
    ...orderMoney(context),
    ...people(context),
    ...parts(context, catalogue),
    ...emptyParts(),
  };
}

function people({ record, shop }: NodeContext): PlainNode {
  const customer = record.customer ? customerNode(record.customer, record.currency) : null;
  const address = addressNode(record.address);
  return {
    customer,
    purchasingEntity: customer && { __typename: "Customer", id: customer.id },
    billingAddress: address,
    shippingAddress: address,
    displayAddress: address,
    billingAddressMatchesShippingAddress: true,
    customerJourneySummary: journeyNode(record),
    merchantBusinessEntity: {
      __typename: "BusinessEntity",
      id: gid("BusinessEntity", shop.id),
      displayName: shop.name,
      companyName: shop.name,
      primary: true,
      archived: false,
      address: { countryCode: shop.countryCode },
    },
  };
}

function parts(context: NodeContext, catalogue: CatalogueIndex): PlainNode {
  const { record } = context;
  const shippingLines = record.shipping.map((line) => shippingNode(context, line));
  return {
    lineItems: record.lines.map((line) => lineNode(context, line, catalogue)),
    nonFulfillableLineItems: [],
    shippingLines,
    shippingLine: shippingLines[0] ?? null,
    discountApplications: record.discounts.map((_, index) => discountNode(context, index)),
    taxLines: orderTaxLines(context, false),
    currentTaxLines: orderTaxLines(context, true),
    transactions: record.transactions.map((transaction) => transactionNode(context, transaction)),
    transactionsCount: count(record.transactions.length),
    refunds: record.refunds.map((refund) => refundNode(context, refund)),
    returns: record.returns.map((item) => returnNode(context, item)),
    fulfillments: record.fulfillments.map((item) => fulfillmentNode(context, item)),
    fulfillmentsCount: count(record.fulfillments.length),
    additionalFees: record.additionalFees.map((fee) =>
      additionalFeeNode(context, fee, "AdditionalFee"),
    ),
    customAttributes: record.attributes,
    app: appNode(record.sourceName),
    risk: riskNode(record.risk),
    metafields: metafieldNodes(owner(record), record.metafields),
    retailLocation: record.sourceName === "pos" ? locationReference(context.shop, TILL) : null,
    agreements: record.agreements.map((agreement) => agreementNode(context, agreement)),
  };
}

function owner(record: OrderRecord) {
  const createdAt = instant(record.createdAt);
  return { type: "ORDER" as const, id: record.id, createdAt, updatedAt: createdAt };
}

const LEVELS = { ACCEPT: "LOW", INVESTIGATE: "MEDIUM", CANCEL: "HIGH", NONE: "NONE" } as const;

/** OrderRiskSummary: one assessment by Shopify, none where nobody has looked. */
function riskNode(recommendation: RiskRecommendation): PlainNode {
  if (recommendation === "NONE") return { recommendation, assessments: [] };
  const sentiment = recommendation === "ACCEPT" ? "POSITIVE" : "NEGATIVE";
  const facts = [{ description: "Card verification value", sentiment }];
  const assessments = [{ riskLevel: LEVELS[recommendation], facts, provider: null }];
  return { recommendation, assessments };
}

/** Shopify's own channels; what came by another way names no app. */
const APPS: Record<string, { id: number; name: string }> = {
  web: { id: 580_111, name: "Online Store" },
  pos: { id: 129_785, name: "Point of Sale" },
  shopify_draft_order: { id: 1_354_745, name: "Draft Orders" },
};

function appNode(sourceName: string): PlainNode | null {
  const app = APPS[sourceName];
  return app ? { __typename: "OrderApp", id: gid("App", app.id), name: app.name } : null;
}

function count(value: number): PlainNode {
  return { count: value, precision: "EXACT" };
}

/** What the stand-in's orders never have. */
function emptyParts(): PlainNode {
  return {
    paymentCollectionDetails: { additionalPaymentCollectionUrl: null, vaultedPaymentMethods: [] },
    alerts: [],
    disputes: [],
    events: [],
    fulfillmentOrders: [],
    localizedFields: [],
    merchantOfRecordApp: null,
    paymentTerms: null,
    publication: null,
    shopifyProtect: null,
    staffMember: null,
    suggestedRefund: null,
  };
}
