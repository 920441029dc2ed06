import { gid } from "../ids";
import { lastUnitsShare } from "../money";
import { allocated } from "../orders/pricing";
import { lineUnits } from "../orders/status";
import type { Allocation, LineRecord, ShippingRecord, TaxRate } from "../records";
import type { AdditionalFeeRecord } from "../records-extra";
import type { PlainNode } from "../types";
import type { NodeContext } from "./context";
import { discountNode } from "./discounts";
import { type CatalogueIndex, lineProduct } from "./line-product";

/** LineItem with its tax lines, discounts, variant and product. */
export function lineNode(
  context: NodeContext,
  line: LineRecord,
  catalogue: CatalogueIndex,
): PlainNode {
  const { bag, record } = context;
  const units = lineUnits(record, line);
  const original = line.total;
  const own = (allocation: Allocation) => {
    const discount = record.discounts[allocation.discount];
    return discount?.method === "EACH" || discount?.all === false;
  };
  const lineLevel = allocated(line.allocations.filter(own));
  const unfulfilled = Math.max(0, units.current - units.fulfilled);
  const unfulfilledOf = (total: number) =>
    unfulfilled === 0 ? 0 : lastUnitsShare(total, unfulfilled, line.quantity);
  const perUnit = (total: number) => Math.round(total / line.quantity);
  return {
    __typename: "LineItem",
    id: gid("LineItem", line.id),
    title: line.title,
    name: line.variantTitle ? `${line.title} - ${line.variantTitle}` : line.title,
    variantTitle: line.variantTitle,
    sku: line.sku,
    vendor: line.vendor,
    quantity: line.quantity,
    currentQuantity: units.current,
    refundableQuantity: units.current,
    unfulfilledQuantity: unfulfilled,
    nonFulfillableQuantity: line.quantity - units.current,
    isGiftCard: line.kind === "GIFT_CARD",
    requiresShipping: line.requiresShipping,
    restockable: line.requiresShipping,
    merchantEditable: unfulfilled > 0,
    taxable: line.taxRates.length > 0,
    originalUnitPriceSet: bag(line.unitPrice),
    originalTotalSet: bag(original),
    discountedTotalSet: bag(original - lineLevel),
    discountedUnitPriceSet: bag(perUnit(original - lineLevel)),
    discountedUnitPriceAfterAllDiscountsSet: bag(perUnit(original - allocated(line.allocations))),
    totalDiscountSet: bag(lineLevel),
    unfulfilledOriginalTotalSet: bag(unfulfilledOf(original)),
    unfulfilledDiscountedTotalSet: bag(unfulfilledOf(original - lineLevel)),
    taxLines: taxLines(context, line.taxRates, context.soldBy.get(line.id)?.taxes ?? []),
    discountAllocations: allocations(context, line.allocations),
    duties: record.duties
      .filter((duty) => duty.lineId === line.id)
      .map((duty) => dutyNode(context, duty.id)),
    customAttributes: [],
    sellingPlan: null,
    lineItemGroup: null,
    ...lineProduct(line, catalogue, record.currency),
  };
}

/** ShippingLine; its current price is 0 once refunded. */
export function shippingNode(context: NodeContext, line: ShippingRecord): PlainNode {
  const { bag, record } = context;
  const discounted = line.price - allocated(line.allocations);
  const returned = record.refunds.some((refund) =>
    refund.shipping.some((item) => item.shippingId === line.id),
  );
  return {
    id: gid("ShippingLine", line.id),
    title: line.title,
    code: line.code,
    source: "shopify",
    carrierIdentifier: null,
    custom: false,
    deliveryCategory: null,
    isRemoved: false,
    phone: null,
    shippingRateHandle: null,
    originalPriceSet: bag(line.price),
    discountedPriceSet: bag(discounted),
    currentDiscountedPriceSet: bag(returned ? 0 : discounted),
    taxLines: taxLines(context, line.taxRates, context.soldBy.get(line.id)?.taxes ?? []),
    discountAllocations: allocations(context, line.allocations),
  };
}

/** TaxLine list: the rates of a line with the tax that each came to. */
function taxLines(context: NodeContext, rates: TaxRate[], taxes: number[]): PlainNode[] {
  return rates.map((rate, i) => taxLine(context, rate, taxes[i] ?? 0));
}

export function taxLine(context: NodeContext, rate: TaxRate, tax: number): PlainNode {
  return {
    title: rate.title,
    rate: rate.ppm / 1_000_000,
    ratePercentage: rate.ppm / 10_000,
    channelLiable: false,
    source: "shopify",
    priceSet: context.bag(tax),
  };
}

export function dutyNode(context: NodeContext, id: number): PlainNode | null {
  const duty = context.record.duties.find((candidate) => candidate.id === id);
  if (!duty) return null;
  return {
    __typename: "Duty",
    id: gid("Duty", duty.id),
    countryCodeOfOrigin: duty.countryCode,
    harmonizedSystemCode: duty.hsCode,
    price: context.bag(duty.amount),
    taxLines: [],
  };
}

function allocations(context: NodeContext, list: Allocation[]): PlainNode[] {
  return list.map((allocation) => ({
    allocatedAmountSet: context.bag(allocation.amount),
    discountApplication: discountNode(context, allocation.discount),
  }));
}

/** Taxes by title over all lines; `current` counts what came back. */
export function orderTaxLines(context: NodeContext, current: boolean): PlainNode[] {
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

/** Tax lines of one line item. */
export function lineTaxes(context: NodeContext, line: LineRecord): PlainNode[] {
  return taxLines(context, line.taxRates, context.soldBy.get(line.id)?.taxes ?? []);
}

/** AdditionalFee, or the same fee as a sale names it. */
export function additionalFeeNode(
  context: NodeContext,
  fee: AdditionalFeeRecord,
  type: "AdditionalFee" | "SaleAdditionalFee",
): PlainNode {
  return {
    __typename: type,
    id: gid(type, fee.id),
    name: fee.name,
    price: context.bag(fee.amount),
    taxLines: [],
  };
}
