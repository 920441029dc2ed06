import type { OrderDocument } from "~/connectors/shopify/order-schemas";
import { moneyColumns, shopCurrency } from "./money-columns";
import { orderCurrency } from "./order-currency";
import { idOf, requireId } from "./require-id";

export type TransactionRow = ReturnType<typeof transactionRows>[number];
export type TransactionFeeRow = ReturnType<typeof transactionFeeRows>[number];

type Transactions = NonNullable<OrderDocument["transactions"]>;

/** `transactions` rows: each carries its own two amounts, never converted by the order's rate. */
export function transactionRows(orderId: string, doc: OrderDocument, items: Transactions) {
  return items.map((item) => ({
    transaction_id: requireId(item.id),
    order_id: orderId,
    parent_id: idOf(item.parentTransaction),
    kind: item.kind ?? null,
    status: item.status ?? null,
    gateway: item.gateway ?? null,
    manual_payment_gateway: item.manualPaymentGateway ?? null,
    payment_method_name: item.paymentDetails?.paymentMethodName ?? null,
    card_company: item.paymentDetails?.company ?? null,
    wallet: item.paymentDetails?.wallet ?? null,
    payment_id: item.paymentId ?? null,
    error_code: item.errorCode ?? null,
    location_id: idOf(item.location),
    test: item.test ?? null,
    created_at: item.createdAt ?? null,
    processed_at: item.processedAt ?? null,
    ...moneyColumns({
      amount: item.amountSet,
    }),
    currency: shopCurrency(item.amountSet, orderCurrency(doc)),
    presentment_currency: item.amountSet?.presentmentMoney?.currencyCode ?? null,
    ...moneyColumns({
      amount_rounding: item.amountRoundingSet,
      total_unsettled: item.totalUnsettledSet,
    }),
    settlement_currency: item.settlementCurrency ?? null,
    settlement_currency_rate: item.settlementCurrencyRate ?? null,
    currency_exchange_adjustment: item.currencyExchangeAdjustment?.adjustment?.amount ?? null,
    currency_exchange_adjustment_currency:
      item.currencyExchangeAdjustment?.adjustment?.currencyCode ?? null,
  }));
}

/** `transaction_fees` rows: what a gateway kept; one amount, in the currency that it names. */
export function transactionFeeRows(orderId: string, items: Transactions) {
  return items.flatMap((item) =>
    (item.fees ?? []).map((fee) => ({
      fee_id: requireId(fee.id),
      order_id: orderId,
      transaction_id: requireId(item.id),
      type: fee.type ?? null,
      rate: fee.rate ?? null,
      rate_name: fee.rateName ?? null,
      flat_fee_name: fee.flatFeeName ?? null,
      amount: fee.amount?.amount ?? null,
      flat_fee: fee.flatFee?.amount ?? null,
      tax_amount: fee.taxAmount?.amount ?? null,
      currency: fee.amount?.currencyCode ?? null,
    })),
  );
}
