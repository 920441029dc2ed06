import { gid } from "../ids";
import { sum } from "../orders/pricing";
import type { AgreementRecord, SaleLine, SaleRecord } from "../records-ledger";
import type { PlainNode } from "../types";
import { instant, type NodeContext } from "./context";
import { lineReference } from "./line-product";
import { additionalFeeNode, dutyNode, taxLine } from "./lines";

const REASONS = {
  OrderAgreement: "ORDER",
  OrderEditAgreement: "ORDER_EDIT",
  RefundAgreement: "REFUND",
  ReturnAgreement: "RETURN",
} as const;

const SALE_TYPES: Record<SaleLine, string> = {
  PRODUCT: "ProductSale",
  GIFT_CARD: "GiftCardSale",
  SHIPPING: "ShippingLineSale",
  TIP: "TipSale",
  DUTY: "DutySale",
  FEE: "FeeSale",
  ADDITIONAL_FEE: "AdditionalFeeSale",
  ADJUSTMENT: "AdjustmentSale",
  UNKNOWN: "UnknownSale",
};

/** SalesAgreement with its sales: one page of the ledger. */
export function agreementNode(context: NodeContext, agreement: AgreementRecord): PlainNode {
  return {
    __typename: agreement.type,
    id: gid("SalesAgreement", agreement.id),
    happenedAt: instant(agreement.happenedAt),
    reason: REASONS[agreement.type],
    app: null,
    user: null,
    ...agreementSource(context, agreement),
    sales: agreement.sales.map((sale, i) => saleNode(context, sale, agreement.id * 64 + i)),
  };
}

function agreementSource(context: NodeContext, agreement: AgreementRecord): PlainNode {
  if (agreement.type === "OrderAgreement") {
    return { order: { __typename: "Order", id: gid("Order", context.record.id) } };
  }
  if (agreement.ref === null) return {};
  return agreement.type === "RefundAgreement"
    ? { refund: { __typename: "Refund", id: gid("Refund", agreement.ref) } }
    : { return: { __typename: "Return", id: gid("Return", agreement.ref) } };
}

function saleNode(context: NodeContext, sale: SaleRecord, taxIdBase: number): PlainNode {
  const { bag } = context;
  const rates = taxRatesOf(context, sale);
  return {
    __typename: SALE_TYPES[sale.line],
    id: gid("Sale", sale.id),
    actionType: sale.action,
    lineType: sale.line,
    quantity: sale.quantity,
    totalAmount: bag(sale.amount),
    totalTaxAmount: bag(sum(sale.taxes)),
    totalDiscountAmountBeforeTaxes: bag(sale.discount),
    totalDiscountAmountAfterTaxes: bag(sale.discountAfterTaxes),
    taxes: rates.map((rate, i) => ({
      id: gid("SaleTax", taxIdBase * 4 + i),
      amount: bag(sale.taxes[i] ?? 0),
      taxLine: taxLine(context, rate, sale.taxes[i] ?? 0),
    })),
    ...saleSubject(context, sale),
  };
}

function taxRatesOf(context: NodeContext, sale: SaleRecord) {
  const { lines, shipping } = context.record;
  const subject = [...lines, ...shipping].find((candidate) => candidate.id === sale.ref);
  return subject?.taxRates ?? [];
}

/** What the row is about: its line item, shipping line, duty or fee. */
function saleSubject(context: NodeContext, sale: SaleRecord): PlainNode {
  const { record, bag } = context;
  if (sale.ref === null) return {};
  if (sale.line === "PRODUCT" || sale.line === "GIFT_CARD" || sale.line === "TIP") {
    const line = record.lines.find((candidate) => candidate.id === sale.ref);
    return { lineItem: line ? lineReference(line) : null };
  }
  if (sale.line === "SHIPPING") {
    const line = record.shipping.find((candidate) => candidate.id === sale.ref);
    return { shippingLine: line ? { id: gid("ShippingLine", line.id), title: line.title } : null };
  }
  if (sale.line === "DUTY") return { duty: dutyNode(context, sale.ref) };
  if (sale.line === "ADDITIONAL_FEE") {
    const fee = record.additionalFees.find((candidate) => candidate.id === sale.ref);
    return { additionalFee: fee ? additionalFeeNode(context, fee, "SaleAdditionalFee") : null };
  }
  const fee = record.fees.find((candidate) => candidate.id === sale.ref);
  if (!fee) return { fee: null };
  const percentage = fee.kind === "RestockingFee" ? { percentage: 10 } : {};
  return {
    fee: {
      __typename: fee.kind,
      id: gid(fee.kind, fee.id),
      amountSet: bag(fee.amount),
      ...percentage,
    },
  };
}
