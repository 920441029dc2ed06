import { gid } from "../ids";
import { orderTotals } from "../orders/totals";
import type { DraftOrderRecord, LineRecord } from "../records";
import type { PlainNode, SimShop } from "../types";
import { instant, instantOrNull, type NodeContext, nodeContext } from "./context";
import { type CatalogueIndex, lineProduct } from "./line-product";
import { lineTaxes, orderTaxLines, shippingNode } from "./lines";
import { addressNode, customerNode } from "./people";

/** DraftOrder; once COMPLETED it points at the order it became. */
export function draftOrderNode(
  shop: SimShop,
  draft: DraftOrderRecord,
  catalogue: CatalogueIndex,
): PlainNode {
  const { order } = draft;
  const context = nodeContext(shop, order);
  const { bag } = context;
  const totals = orderTotals(order);
  const goods = order.lines.reduce((sum, line) => sum + line.total, 0);
  const address = addressNode(order.address);
  const customer = order.customer && customerNode(order.customer, order.currency);
  const shipping = order.shipping[0];
  return {
    __typename: "DraftOrder",
    id: gid("DraftOrder", draft.id),
    legacyResourceId: String(draft.id),
    name: draft.name,
    status: draft.status,
    createdAt: instant(draft.createdAt),
    updatedAt: instant(draft.updatedAt),
    completedAt: instantOrNull(draft.completedAt),
    invoiceSentAt: draft.status === "OPEN" ? null : instant(draft.createdAt),
    invoiceUrl: `https://${shop.domain}/${shop.id}/invoices/${draft.id}`,
    invoiceEmailTemplateSubject: "Your invoice",
    order:
      draft.status === "COMPLETED"
        ? { __typename: "Order", id: gid("Order", order.id), name: order.name }
        : null,
    currencyCode: order.currency,
    presentmentCurrencyCode: order.presentment?.currency ?? order.currency,
    taxesIncluded: order.taxesIncluded,
    taxExempt: false,
    ready: true,
    reserveInventoryUntil: null,
    visibleToCustomer: true,
    acceptAutomaticDiscounts: false,
    allowDiscountCodesInCheckout: false,
    allVariantPricesOverridden: false,
    anyVariantPricesOverridden: false,
    hasTimelineComment: false,
    billingAddressMatchesShippingAddress: true,
    email: order.email,
    phone: order.phone,
    note2: order.note,
    tags: order.tags,
    poNumber: null,
    defaultCursor: String(draft.id),
    transformerFingerprint: null,
    discountCodes: [],
    customAttributes: [],
    platformDiscounts: [],
    warnings: [],
    appliedDiscount: null,
    paymentTerms: null,
    customer,
    purchasingEntity: customer && { __typename: "Customer", id: customer.id },
    billingAddress: address,
    shippingAddress: address,
    shippingLine: shipping ? shippingNode(context, shipping) : null,
    lineItemsSubtotalPrice: bag(goods),
    totalLineItemsPriceSet: bag(goods),
    subtotalPriceSet: bag(totals.subtotal),
    totalDiscountsSet: bag(totals.discounts),
    totalPriceSet: bag(totals.originalTotal),
    totalShippingPriceSet: bag(totals.shipping),
    totalTaxSet: bag(totals.tax),
    totalQuantityOfLineItems: order.lines.reduce((sum, line) => sum + line.quantity, 0),
    totalWeight: String(order.lines.reduce((sum, l) => sum + l.weightGrams * l.quantity, 0)),
    taxLines: orderTaxLines(context, false),
    lineItems: order.lines.map((line) => draftLine(context, line, catalogue)),
    events: [],
    localizedFields: [],
    metafields: [],
    metafield: null,
  };
}

function draftLine(context: NodeContext, line: LineRecord, catalogue: CatalogueIndex): PlainNode {
  const { bag } = context;
  const discount = line.allocations.reduce((sum, one) => sum + one.amount, 0);
  return {
    __typename: "DraftOrderLineItem",
    id: gid("DraftOrderLineItem", line.id),
    uuid: String(line.id),
    title: line.title,
    name: line.variantTitle ? `${line.title} - ${line.variantTitle}` : line.title,
    variantTitle: line.variantTitle,
    sku: line.sku,
    vendor: line.vendor,
    quantity: line.quantity,
    custom: line.productId === null,
    isGiftCard: line.kind === "GIFT_CARD",
    requiresShipping: line.requiresShipping,
    taxable: line.taxRates.length > 0,
    originalUnitPriceSet: bag(line.unitPrice),
    originalTotalSet: bag(line.total),
    discountedTotalSet: bag(line.total - discount),
    approximateDiscountedUnitPriceSet: bag(Math.round((line.total - discount) / line.quantity)),
    totalDiscountSet: bag(discount),
    taxLines: lineTaxes(context, line),
    appliedDiscount: null,
    priceOverride: null,
    components: [],
    customAttributes: [],
    customAttributesV2: [],
    ...lineProduct(line, catalogue, context.record.currency),
  };
}
