import type { LineItemRow, RefundRow, TransactionRow } from "../transforms/child-rows";
import type { OrderRow } from "../transforms/order-row";
import type { SaleRow } from "../transforms/sale-rows";

export type PgType =
  | "bigint"
  | "text"
  | "timestamptz"
  | "boolean"
  | "integer"
  | "numeric"
  | "text[]"
  | "bytea"
  | "date";

/** A fact table as set-based statements need it: its own key (after shop_id) and typed columns. */
export interface FactTable {
  name: string;
  key: string | readonly string[];
  columns: Readonly<Record<string, PgType>>;
}

const pair = <Name extends string>(name: Name) =>
  ({ [name]: "numeric", [`${name}_presentment`]: "numeric" }) as Record<
    Name | `${Name}_presentment`,
    "numeric"
  >;

export const ORDERS = {
  name: "core_warehouse.orders",
  key: "order_id",
  columns: {
    order_id: "bigint",
    name: "text",
    created_at: "timestamptz",
    processed_at: "timestamptz",
    updated_at: "timestamptz",
    cancelled_at: "timestamptz",
    cancel_reason: "text",
    closed_at: "timestamptz",
    test: "boolean",
    currency: "text",
    presentment_currency: "text",
    display_financial_status: "text",
    display_fulfillment_status: "text",
    return_status: "text",
    source_name: "text",
    taxes_included: "boolean",
    tags: "text[]",
    discount_codes: "text[]",
    payment_gateway_names: "text[]",
    customer_id: "bigint",
    email: "text",
    phone: "text",
    customer_key: "text",
    customer_order_index: "integer",
    shipping_country_code: "text",
    shipping_province_code: "text",
    landing_page: "text",
    referrer_url: "text",
    utm_source: "text",
    utm_medium: "text",
    utm_campaign: "text",
    utm_content: "text",
    utm_term: "text",
    ...pair("total_price"),
    ...pair("subtotal_price"),
    ...pair("total_discounts"),
    ...pair("total_shipping_price"),
    ...pair("total_tax"),
    ...pair("total_tip_received"),
    ...pair("total_received"),
    ...pair("total_refunded"),
    ...pair("net_payment"),
    ...pair("total_outstanding"),
    ...pair("total_capturable"),
    ...pair("current_total_price"),
    ...pair("current_subtotal_price"),
    ...pair("current_total_discounts"),
    ...pair("current_total_tax"),
    ledger_complete: "boolean",
    payload_hash: "bytea",
  } satisfies Record<keyof OrderRow | "payload_hash", PgType>,
} satisfies FactTable;

export const ORDER_LINE_ITEMS = {
  name: "core_warehouse.order_line_items",
  key: "line_item_id",
  columns: {
    line_item_id: "bigint",
    order_id: "bigint",
    position: "integer",
    title: "text",
    variant_title: "text",
    sku: "text",
    vendor: "text",
    product_id: "bigint",
    variant_id: "bigint",
    quantity: "integer",
    current_quantity: "integer",
    is_gift_card: "boolean",
    requires_shipping: "boolean",
    taxable: "boolean",
    ...pair("original_unit_price"),
    ...pair("original_total"),
    ...pair("discounted_total"),
    ...pair("total_discount"),
    currency: "text",
  } satisfies Record<keyof LineItemRow, PgType>,
} satisfies FactTable;

export const TRANSACTIONS = {
  name: "core_warehouse.transactions",
  key: "transaction_id",
  columns: {
    transaction_id: "bigint",
    order_id: "bigint",
    parent_id: "bigint",
    kind: "text",
    status: "text",
    gateway: "text",
    test: "boolean",
    created_at: "timestamptz",
    processed_at: "timestamptz",
    ...pair("amount"),
    currency: "text",
    presentment_currency: "text",
    amount_rounding: "numeric",
  } satisfies Record<keyof TransactionRow, PgType>,
} satisfies FactTable;

export const REFUNDS = {
  name: "core_warehouse.refunds",
  key: "refund_id",
  columns: {
    refund_id: "bigint",
    order_id: "bigint",
    created_at: "timestamptz",
    note: "text",
    ...pair("total_refunded"),
    currency: "text",
  } satisfies Record<keyof RefundRow, PgType>,
} satisfies FactTable;

export const ORDER_SALES = {
  name: "core_warehouse.order_sales",
  key: "sale_id",
  columns: {
    sale_id: "bigint",
    order_id: "bigint",
    agreement_id: "bigint",
    agreement_type: "text",
    agreement_reason: "text",
    action_type: "text",
    line_type: "text",
    quantity: "integer",
    line_item_id: "bigint",
    occurred_at: "timestamptz",
    total_amount: "numeric",
    total_tax_amount: "numeric",
    total_discount_before_taxes: "numeric",
    total_discount_after_taxes: "numeric",
    currency: "text",
  } satisfies Record<keyof SaleRow, PgType>,
} satisfies FactTable;
