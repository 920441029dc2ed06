import type { AdditionalFeeRecord, MetafieldRecord, RiskRecommendation } from "./records-extra";
import type { AgreementRecord } from "./records-ledger";
import type { FeeRecord, RefundRecord, ReturnRecord, TransactionRecord } from "./records-payments";

/**
 * What the store remembers of an order: compact, money in integer minor units of the shop's
 * currency, instants in epoch milliseconds. Nodes are built from it on demand.
 */
export interface CustomerRecord {
  id: number;
  email: string | null;
  phone: string | null;
  firstName: string | null;
  lastName: string | null;
  createdAt: number;
  /** Filled while the store is made: orders that are no tests, and what their payments came to. */
  orders: number;
  spent: number;
  updatedAt: number;
  address: AddressRecord | null;
}

export interface AddressRecord {
  id: number;
  firstName: string | null;
  lastName: string | null;
  address1: string | null;
  city: string | null;
  zip: string | null;
  province: string | null;
  provinceCode: string | null;
  country: string | null;
  countryCode: string | null;
}

export interface TaxRate {
  title: string;
  /** Millionths: 8.25 % is 82500. */
  ppm: number;
}

export interface Allocation {
  /** Position in the order's `discounts`. */
  discount: number;
  amount: number;
}

export interface LineRecord {
  id: number;
  kind: "PRODUCT" | "GIFT_CARD" | "TIP";
  title: string;
  variantTitle: string | null;
  sku: string | null;
  vendor: string | null;
  productId: number | null;
  variantId: number | null;
  requiresShipping: boolean;
  weightGrams: number;
  unitPrice: number;
  quantity: number;
  /** Before discounts. */
  total: number;
  taxRates: TaxRate[];
  allocations: Allocation[];
  addedByEdit: boolean;
}

export interface ShippingRecord {
  id: number;
  title: string;
  code: string;
  price: number;
  taxRates: TaxRate[];
  allocations: Allocation[];
}

export interface DiscountRecord {
  kind: "code" | "automatic" | "manual";
  /** The code, or the title. */
  label: string;
  value: { percent: number } | { amount: number };
  target: "lines" | "shipping";
  /** EACH for an order edit's discount on one line, ACROSS otherwise. */
  method: "ACROSS" | "EACH";
  /** Order-wide discounts; false when only some lines are entitled. */
  all: boolean;
}

export interface FulfillmentRecord {
  id: number;
  name: string;
  createdAt: number;
  deliveredAt: number | null;
  cancelled: boolean;
  tracking: string | null;
  lines: { id: number; lineId: number; quantity: number }[];
}

export interface VisitRecord {
  id: number;
  occurredAt: number;
  landingPage: string;
  referrerUrl: string | null;
  source: string;
  sourceType: string | null;
  utm: {
    source: string;
    medium: string;
    campaign: string;
    content: string | null;
    term: string | null;
  } | null;
}

export type JourneyRecord =
  | { ready: false }
  | { ready: true; first: VisitRecord; last: VisitRecord; moments: number; days: number };

export interface OrderRecord {
  id: number;
  name: string;
  number: number;
  createdAt: number;
  processedAt: number;
  updatedAt: number;
  closedAt: number | null;
  cancelledAt: number | null;
  cancelReason: string | null;
  test: boolean;
  currency: string;
  presentment: { currency: string; ratePpm: number } | null;
  taxesIncluded: boolean;
  sourceName: string;
  customer: CustomerRecord | null;
  /** 1 for a customer's first order that is no test; null for guests and tests. */
  customerOrderIndex: number | null;
  email: string | null;
  phone: string | null;
  address: AddressRecord | null;
  tags: string[];
  note: string | null;
  discounts: DiscountRecord[];
  lines: LineRecord[];
  shipping: ShippingRecord[];
  duties: { id: number; lineId: number; amount: number; countryCode: string; hsCode: string }[];
  fees: FeeRecord[];
  agreements: AgreementRecord[];
  transactions: TransactionRecord[];
  refunds: RefundRecord[];
  returns: ReturnRecord[];
  fulfillments: FulfillmentRecord[];
  journey: JourneyRecord | null;
  additionalFees: AdditionalFeeRecord[];
  risk: RiskRecommendation;
  metafields: MetafieldRecord[];
  attributes: { key: string; value: string }[];
}

/** A draft order: its lines and prices are those of `order`, which was placed only once COMPLETED. */
export interface DraftOrderRecord {
  id: number;
  name: string;
  status: "OPEN" | "INVOICE_SENT" | "COMPLETED";
  createdAt: number;
  updatedAt: number;
  completedAt: number | null;
  order: OrderRecord;
}
