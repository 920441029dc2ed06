import type {
  FulfillmentEventRow,
  FulfillmentLineItemRow,
  FulfillmentRow,
} from "../transforms/fulfillment-rows";
import type {
  OrderAdjustmentRow,
  RefundDutyRow,
  RefundLineItemRow,
  RefundRow,
  RefundShippingLineRow,
  RefundTransactionRow,
} from "../transforms/refund-rows";
import type { ReturnFeeRow, ReturnLineItemRow, ReturnRow } from "../transforms/return-rows";
import type { VisitRow } from "../transforms/visit-rows";
import { type FactTable, type PgType, pair } from "./fact-table";
import { VISIT_COLUMNS } from "./orders-table";

export const REFUNDS = {
  name: "core_warehouse.refunds",
  key: "refund_id",
  columns: {
    refund_id: "bigint",
    order_id: "bigint",
    created_at: "timestamptz",
    processed_at: "timestamptz",
    updated_at: "timestamptz",
    note: "text",
    ...pair("total_refunded"),
    currency: "text",
  } satisfies Record<keyof RefundRow, PgType>,
} satisfies FactTable;

export const REFUND_DUTIES = {
  name: "core_warehouse.refund_duties",
  key: ["refund_id", "position"],
  columns: {
    refund_id: "bigint",
    position: "integer",
    order_id: "bigint",
    original_duty_id: "bigint",
    ...pair("amount"),
    currency: "text",
  } satisfies Record<keyof RefundDutyRow, PgType>,
} satisfies FactTable;

export const REFUND_LINE_ITEMS = {
  name: "core_warehouse.refund_line_items",
  key: ["refund_id", "position"],
  columns: {
    refund_id: "bigint",
    position: "integer",
    order_id: "bigint",
    refund_line_item_id: "bigint",
    line_item_id: "bigint",
    quantity: "integer",
    restock_type: "text",
    restocked: "boolean",
    location_id: "bigint",
    ...pair("price"),
    ...pair("subtotal"),
    ...pair("total_tax"),
    currency: "text",
  } satisfies Record<keyof RefundLineItemRow, PgType>,
} satisfies FactTable;

export const REFUND_SHIPPING_LINES = {
  name: "core_warehouse.refund_shipping_lines",
  key: "refund_shipping_line_id",
  columns: {
    refund_shipping_line_id: "bigint",
    refund_id: "bigint",
    order_id: "bigint",
    shipping_line_id: "bigint",
    ...pair("subtotal_amount"),
    ...pair("tax_amount"),
    currency: "text",
  } satisfies Record<keyof RefundShippingLineRow, PgType>,
} satisfies FactTable;

export const ORDER_ADJUSTMENTS = {
  name: "core_warehouse.order_adjustments",
  key: "order_adjustment_id",
  columns: {
    order_adjustment_id: "bigint",
    refund_id: "bigint",
    order_id: "bigint",
    reason: "text",
    ...pair("amount"),
    ...pair("tax_amount"),
    currency: "text",
  } satisfies Record<keyof OrderAdjustmentRow, PgType>,
} satisfies FactTable;

export const REFUND_TRANSACTIONS = {
  name: "core_warehouse.refund_transactions",
  key: ["refund_id", "transaction_id"],
  columns: {
    refund_id: "bigint",
    transaction_id: "bigint",
    order_id: "bigint",
  } satisfies Record<keyof RefundTransactionRow, PgType>,
} satisfies FactTable;

export const FULFILLMENTS = {
  name: "core_warehouse.fulfillments",
  key: "fulfillment_id",
  columns: {
    fulfillment_id: "bigint",
    order_id: "bigint",
    name: "text",
    status: "text",
    display_status: "text",
    created_at: "timestamptz",
    updated_at: "timestamptz",
    in_transit_at: "timestamptz",
    delivered_at: "timestamptz",
    estimated_delivery_at: "timestamptz",
    requires_shipping: "boolean",
    total_quantity: "integer",
    location_id: "bigint",
    tracking_companies: "text[]",
    tracking_numbers: "text[]",
    tracking_urls: "text[]",
  } satisfies Record<keyof FulfillmentRow, PgType>,
} satisfies FactTable;

export const FULFILLMENT_LINE_ITEMS = {
  name: "core_warehouse.fulfillment_line_items",
  key: "fulfillment_line_item_id",
  columns: {
    fulfillment_line_item_id: "bigint",
    fulfillment_id: "bigint",
    order_id: "bigint",
    line_item_id: "bigint",
    quantity: "integer",
    ...pair("original_total"),
    ...pair("discounted_total"),
    currency: "text",
  } satisfies Record<keyof FulfillmentLineItemRow, PgType>,
} satisfies FactTable;

export const FULFILLMENT_EVENTS = {
  name: "core_warehouse.fulfillment_events",
  key: "fulfillment_event_id",
  columns: {
    fulfillment_event_id: "bigint",
    fulfillment_id: "bigint",
    order_id: "bigint",
    status: "text",
    happened_at: "timestamptz",
    created_at: "timestamptz",
    estimated_delivery_at: "timestamptz",
    message: "text",
    city: "text",
    province: "text",
    country: "text",
    zip: "text",
  } satisfies Record<keyof FulfillmentEventRow, PgType>,
} satisfies FactTable;

export const RETURNS = {
  name: "core_warehouse.returns",
  key: "return_id",
  columns: {
    return_id: "bigint",
    order_id: "bigint",
    name: "text",
    status: "text",
    created_at: "timestamptz",
    request_approved_at: "timestamptz",
    closed_at: "timestamptz",
    decline_reason: "text",
    total_quantity: "integer",
    refund_ids: "bigint[]",
  } satisfies Record<keyof ReturnRow, PgType>,
} satisfies FactTable;

export const RETURN_LINE_ITEMS = {
  name: "core_warehouse.return_line_items",
  key: "return_line_item_id",
  columns: {
    return_line_item_id: "bigint",
    return_id: "bigint",
    order_id: "bigint",
    type: "text",
    line_item_id: "bigint",
    fulfillment_line_item_id: "bigint",
    quantity: "integer",
    processable_quantity: "integer",
    processed_quantity: "integer",
    unprocessed_quantity: "integer",
    refundable_quantity: "integer",
    refunded_quantity: "integer",
    return_reason_handle: "text",
    return_reason_name: "text",
    return_reason_note: "text",
    customer_note: "text",
    ...pair("with_code_discounted_total_price"),
    currency: "text",
  } satisfies Record<keyof ReturnLineItemRow, PgType>,
} satisfies FactTable;

export const RETURN_FEES = {
  name: "core_warehouse.return_fees",
  key: ["return_id", "fee_id"],
  columns: {
    return_id: "bigint",
    fee_id: "bigint",
    type: "text",
    order_id: "bigint",
    return_line_item_id: "bigint",
    percentage: "numeric",
    ...pair("amount"),
    currency: "text",
  } satisfies Record<keyof ReturnFeeRow, PgType>,
} satisfies FactTable;

export const ORDER_VISITS = {
  name: "core_warehouse.order_visits",
  key: ["order_id", "position"],
  columns: {
    order_id: "bigint",
    position: "integer",
    visit_id: "bigint",
    ...VISIT_COLUMNS,
  } satisfies Record<keyof VisitRow, PgType>,
} satisfies FactTable;
