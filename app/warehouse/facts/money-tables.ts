import type { TransactionFeeRow, TransactionRow } from "../transforms/payment-rows";
import type { SaleRow } from "../transforms/sale-rows";
import { type FactTable, type PgType, pair } from "./fact-table";

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
    manual_payment_gateway: "boolean",
    payment_method_name: "text",
    card_company: "text",
    wallet: "text",
    payment_id: "text",
    error_code: "text",
    location_id: "bigint",
    test: "boolean",
    created_at: "timestamptz",
    processed_at: "timestamptz",
    ...pair("amount"),
    currency: "text",
    presentment_currency: "text",
    ...pair("amount_rounding"),
    ...pair("total_unsettled"),
    settlement_currency: "text",
    settlement_currency_rate: "numeric",
    currency_exchange_adjustment: "numeric",
    currency_exchange_adjustment_currency: "text",
  } satisfies Record<keyof TransactionRow, PgType>,
} satisfies FactTable;

export const TRANSACTION_FEES = {
  name: "core_warehouse.transaction_fees",
  key: "fee_id",
  columns: {
    fee_id: "bigint",
    order_id: "bigint",
    transaction_id: "bigint",
    type: "text",
    rate: "numeric",
    rate_name: "text",
    flat_fee_name: "text",
    amount: "numeric",
    flat_fee: "numeric",
    tax_amount: "numeric",
    currency: "text",
  } satisfies Record<keyof TransactionFeeRow, PgType>,
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
    refund_id: "bigint",
    action_type: "text",
    line_type: "text",
    quantity: "integer",
    line_item_id: "bigint",
    shipping_line_id: "bigint",
    duty_id: "bigint",
    fee_id: "bigint",
    occurred_at: "timestamptz",
    ...pair("total_amount"),
    ...pair("total_tax_amount"),
    ...pair("total_discount_before_taxes"),
    ...pair("total_discount_after_taxes"),
    currency: "text",
  } satisfies Record<keyof SaleRow, PgType>,
} satisfies FactTable;
