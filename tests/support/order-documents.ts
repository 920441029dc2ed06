/** Raw order documents for tests, as GraphQL names them, connections as plain lists. */
type Document = Record<string, unknown>;

export const bag = (amount: string, currencyCode = "EUR") => ({
  shopMoney: { amount, currencyCode },
  presentmentMoney: { amount, currencyCode },
});

interface Sale {
  action?: "ORDER" | "UPDATE" | "RETURN" | "UNKNOWN";
  line?: string;
  /** After taxes and discounts. */
  total: string;
  tax?: string;
  /** Discount before taxes. */
  discount?: string;
  quantity?: number | null;
}

interface Agreement {
  type?: "OrderAgreement" | "RefundAgreement" | "ReturnAgreement" | "OrderEditAgreement";
  at?: string;
  sales: Sale[];
}

export interface OrderSpec {
  id: number;
  at?: string;
  updatedAt?: string;
  currency?: string;
  customer?: number | null;
  email?: string | null;
  phone?: string | null;
  test?: boolean;
  agreements?: Agreement[] | null;
  transactions?: Document[];
  extra?: Document;
}

let nextId = 1_000_000;
const id = (type: string, number?: number) => `gid://shopify/${type}/${number ?? nextId++}`;

/** An order with one line of one piece at 10.00 unless its agreements say otherwise. */
export function orderDocument(spec: OrderSpec): Document {
  const at = spec.at ?? "2026-03-10T12:00:00Z";
  const currency = spec.currency ?? "EUR";
  const base = spec.id * 1000;
  const agreements =
    spec.agreements === undefined ? [{ sales: [{ total: "10.00" }] }] : spec.agreements;
  return {
    __typename: "Order",
    id: id("Order", spec.id),
    name: `#${spec.id}`,
    createdAt: at,
    processedAt: at,
    updatedAt: spec.updatedAt ?? at,
    test: spec.test ?? false,
    currencyCode: currency,
    presentmentCurrencyCode: currency,
    taxesIncluded: false,
    tags: [],
    discountCodes: [],
    paymentGatewayNames: [],
    customer: spec.customer ? { id: id("Customer", spec.customer) } : null,
    email: spec.email ?? null,
    phone: spec.phone ?? null,
    totalPriceSet: bag("10.00", currency),
    lineItems: [],
    transactions: spec.transactions ?? [],
    refunds: [],
    ...(agreements && {
      agreements: agreements.map((agreement, index) => ({
        __typename: agreement.type ?? "OrderAgreement",
        id: id("SalesAgreement", base + index),
        happenedAt: agreement.at ?? at,
        reason: "ORDER",
        sales: agreement.sales.map((sale, position) =>
          saleDocument(sale, base + index * 50 + position, currency),
        ),
      })),
    }),
    ...spec.extra,
  };
}

function saleDocument(sale: Sale, number: number, currency: string): Document {
  return {
    __typename: "ProductSale",
    id: id("Sale", number),
    actionType: sale.action ?? "ORDER",
    lineType: sale.line ?? "PRODUCT",
    quantity: sale.quantity === undefined ? 1 : sale.quantity,
    totalAmount: bag(sale.total, currency),
    totalTaxAmount: bag(sale.tax ?? "0.00", currency),
    totalDiscountAmountBeforeTaxes: bag(sale.discount ?? "0.00", currency),
    totalDiscountAmountAfterTaxes: bag("0.00", currency),
  };
}

/** A successful payment unless told otherwise. */
export function transactionDocument(spec: {
  id: number;
  kind: string;
  amount: string;
  at?: string;
  status?: string;
  rounding?: string;
  test?: boolean;
  currency?: string;
}): Document {
  const at = spec.at ?? "2026-03-10T12:00:00Z";
  return {
    __typename: "OrderTransaction",
    id: id("OrderTransaction", spec.id),
    kind: spec.kind,
    status: spec.status ?? "SUCCESS",
    gateway: "bogus",
    test: spec.test ?? false,
    createdAt: at,
    processedAt: at,
    parentTransaction: null,
    amountSet: bag(spec.amount, spec.currency),
    amountRoundingSet: spec.rounding ? bag(spec.rounding, spec.currency) : null,
  };
}
