import type { DiscountAllocationRow, DiscountApplicationRow } from "../transforms/discount-rows";
import type {
  AdditionalFeeRow,
  DutyRow,
  LineItemRow,
  ShippingLineRow,
} from "../transforms/line-rows";
import type { MetafieldRow } from "../transforms/metafield-rows";
import type { TaxLineRow } from "../transforms/tax-rows";
import { type FactTable, type PgType, pair } from "./fact-table";

export const ORDER_LINE_ITEMS = {
  name: "core_warehouse.order_line_items",
  key: "line_item_id",
  columns: {
    line_item_id: "bigint",
    order_id: "bigint",
    position: "integer",
    name: "text",
    title: "text",
    variant_title: "text",
    sku: "text",
    vendor: "text",
    product_id: "bigint",
    variant_id: "bigint",
    quantity: "integer",
    current_quantity: "integer",
    refundable_quantity: "integer",
    unfulfilled_quantity: "integer",
    non_fulfillable_quantity: "integer",
    is_gift_card: "boolean",
    requires_shipping: "boolean",
    restockable: "boolean",
    taxable: "boolean",
    selling_plan_id: "bigint",
    selling_plan_name: "text",
    line_item_group_id: "text",
    line_item_group_title: "text",
    custom_attributes: "jsonb",
    ...pair("original_unit_price"),
    ...pair("discounted_unit_price"),
    ...pair("discounted_unit_price_after_all_discounts"),
    ...pair("original_total"),
    ...pair("discounted_total"),
    ...pair("total_discount"),
    ...pair("unfulfilled_original_total"),
    ...pair("unfulfilled_discounted_total"),
    currency: "text",
  } satisfies Record<keyof LineItemRow, PgType>,
} satisfies FactTable;

export const ORDER_TAX_LINES = {
  name: "core_warehouse.order_tax_lines",
  key: ["order_id", "taxed", "taxed_position", "position"],
  columns: {
    order_id: "bigint",
    taxed: "text",
    taxed_position: "integer",
    position: "integer",
    taxed_id: "bigint",
    title: "text",
    rate: "numeric",
    source: "text",
    channel_liable: "boolean",
    ...pair("price"),
    currency: "text",
  } satisfies Record<keyof TaxLineRow, PgType>,
} satisfies FactTable;

export const ORDER_SHIPPING_LINES = {
  name: "core_warehouse.order_shipping_lines",
  key: ["order_id", "position"],
  columns: {
    order_id: "bigint",
    position: "integer",
    shipping_line_id: "bigint",
    title: "text",
    code: "text",
    source: "text",
    carrier_identifier: "text",
    delivery_category: "text",
    custom: "boolean",
    is_removed: "boolean",
    ...pair("original_price"),
    ...pair("discounted_price"),
    ...pair("current_discounted_price"),
    currency: "text",
  } satisfies Record<keyof ShippingLineRow, PgType>,
} satisfies FactTable;

export const ORDER_DISCOUNT_APPLICATIONS = {
  name: "core_warehouse.order_discount_applications",
  key: ["order_id", "position"],
  columns: {
    order_id: "bigint",
    position: "integer",
    index: "integer",
    type: "text",
    code: "text",
    title: "text",
    description: "text",
    allocation_method: "text",
    target_selection: "text",
    target_type: "text",
    value_percentage: "numeric",
    value_amount: "numeric",
    value_currency: "text",
  } satisfies Record<keyof DiscountApplicationRow, PgType>,
} satisfies FactTable;

export const ORDER_DISCOUNT_ALLOCATIONS = {
  name: "core_warehouse.order_discount_allocations",
  key: ["order_id", "target", "target_position", "position"],
  columns: {
    order_id: "bigint",
    target: "text",
    target_position: "integer",
    position: "integer",
    target_id: "bigint",
    discount_application_index: "integer",
    ...pair("allocated_amount"),
    currency: "text",
  } satisfies Record<keyof DiscountAllocationRow, PgType>,
} satisfies FactTable;

export const ORDER_DUTIES = {
  name: "core_warehouse.order_duties",
  key: "duty_id",
  columns: {
    duty_id: "bigint",
    order_id: "bigint",
    line_item_id: "bigint",
    country_code_of_origin: "text",
    harmonized_system_code: "text",
    ...pair("price"),
    currency: "text",
  } satisfies Record<keyof DutyRow, PgType>,
} satisfies FactTable;

export const ORDER_ADDITIONAL_FEES = {
  name: "core_warehouse.order_additional_fees",
  key: "additional_fee_id",
  columns: {
    additional_fee_id: "bigint",
    order_id: "bigint",
    name: "text",
    ...pair("price"),
    currency: "text",
  } satisfies Record<keyof AdditionalFeeRow, PgType>,
} satisfies FactTable;

export const ORDER_METAFIELDS = {
  name: "core_warehouse.order_metafields",
  key: ["order_id", "namespace", "key"],
  columns: {
    order_id: "bigint",
    namespace: "text",
    key: "text",
    type: "text",
    value: "text",
  } satisfies Record<keyof MetafieldRow, PgType>,
} satisfies FactTable;
