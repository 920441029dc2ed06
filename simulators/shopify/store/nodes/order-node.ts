import { gid } from "../ids";
import type { OrderRecord } from "../records";
import type { OrderNode, PlainNode, SimShop } from "../types";
import { agreementNode } from "./agreements";
import { type NodeContext, nodeContext } from "./context";
import { discountNode } from "./discounts";
import { journeyNode } from "./journey";
import type { CatalogueIndex } from "./line-product";
import { lineNode, shippingNode, taxLine } from "./lines";
import { orderMoney } from "./order-money";
import { orderScalars, orderState } from "./order-scalars";
import { addressNode, customerNode } from "./people";
import { fulfillmentNode, refundNode, returnNode } from "./refunds";
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
    agreements: record.agreements.map((agreement) => agreementNode(context, agreement)),
  };
}

/** Taxes by title over all lines; `current` counts what came back. */
function orderTaxLines(context: NodeContext, current: boolean): PlainNode[] {
  const { record } = context;
  const rates = new Map(
    [...record.lines, ...record.shipping].map((item) => [item.id, item.taxRates]),
  );
  const totals = new Map<string, { title: string; ppm: number; tax: number }>();
  for (const sale of record.agreements.flatMap((agreement) => agreement.sales)) {
    if (sale.ref === null || (!current && sale.action === "RETURN")) continue;
    rates.get(sale.ref)?.forEach((rate, i) => {
      const total = totals.get(rate.title) ?? { ...rate, tax: 0 };
      total.tax += sale.taxes[i] ?? 0;
      totals.set(rate.title, total);
    });
  }
  return [...totals.values()].map(({ tax, ...rate }) => taxLine(context, rate, tax));
}

function count(value: number): PlainNode {
  return { count: value, precision: "EXACT" };
}

/** What the stand-in's orders never have. */
function emptyParts(): PlainNode {
  return {
    risk: { recommendation: "NONE", assessments: [] },
    paymentCollectionDetails: { additionalPaymentCollectionUrl: null, vaultedPaymentMethods: [] },
    additionalFees: [],
    alerts: [],
    customAttributes: [],
    disputes: [],
    events: [],
    fulfillmentOrders: [],
    localizedFields: [],
    metafields: [],
    app: null,
    merchantOfRecordApp: null,
    metafield: null,
    paymentTerms: null,
    publication: null,
    retailLocation: null,
    shopifyProtect: null,
    staffMember: null,
    suggestedRefund: null,
  };
}
