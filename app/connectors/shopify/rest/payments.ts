import { numericId } from "~/lib/shopify-ids";
import {
  type Bag,
  type Body,
  bagOf,
  bagOfSet,
  type Currencies,
  enumName,
  gidOf,
  itemsOf,
  reference,
  renamed,
  sumBags,
} from "./values";

type Transaction = ReturnType<ReturnType<typeof transaction>>;

/** Kinds that are money received, and with CHANGE what was given back of it in cash. */
const RECEIVED = new Set(["SALE", "CAPTURE"]);

/** A transaction as GraphQL has it, with its own two amounts. */
export function transaction(currencies: Currencies) {
  return (body: Body) => ({
    __typename: "OrderTransaction",
    id: gidOf("OrderTransaction", body),
    kind: enumName(body.kind),
    status: enumName(body.status),
    errorCode: enumName(body.error_code),
    ...renamed(body, {
      gateway: "gateway",
      test: "test",
      created_at: "createdAt",
      processed_at: "processedAt",
      payment_id: "paymentId",
      manual_payment_gateway: "manualPaymentGateway",
    }),
    parentTransaction: reference("OrderTransaction", body.parent_id),
    amountSet: ownAmount(body, "amount", currencies),
    amountRoundingSet: ownAmount(body, "amount_rounding", currencies),
    totalUnsettledSet: bagOfSet(body.total_unsettled_set),
  });
}

/**
 * A transaction's amount is in the transaction's own currency, most often the buyer's. Where that
 * is not the shop's, the body does not say what it was in shop money, and at the order's rate it
 * would come out wrong (each transaction has its own): that side is null.
 */
function ownAmount(body: Body, name: string, currencies: Currencies): Bag | null | undefined {
  const set = bagOfSet(body[`${name}_set`]);
  if (set !== undefined) return set;
  const amount = body[name];
  if (amount === null || amount === undefined) return amount;
  const currency = typeof body.currency === "string" ? body.currency : currencies.shop;
  const money = { amount: String(amount), currencyCode: currency };
  const isBuyers = currency === currencies.presentment;
  if (currency !== currencies.shop && !isBuyers) return null;
  return {
    shopMoney: currency === currencies.shop ? money : null,
    ...(isBuyers && { presentmentMoney: money }),
  };
}

/** A refund as GraphQL has it; what it paid back is the sum of its own transactions. */
export function refund(currencies: Currencies) {
  return (body: Body) => {
    const transactions = itemsOf(body, "transactions")?.map(transaction(currencies));
    const adjustments = itemsOf(body, "order_adjustments");
    const shippingRefunds = adjustments?.filter((one) => one.kind === "shipping_refund");
    const others = adjustments?.filter((one) => one.kind !== "shipping_refund");
    const refundId = gidOf("Refund", body);
    return {
      __typename: "Refund",
      id: refundId,
      ...renamed(body, { note: "note", created_at: "createdAt", processed_at: "processedAt" }),
      return: returnOf(body),
      totalRefundedSet: transactions && refundedOf(transactions, currencies),
      refundLineItems: itemsOf(body, "refund_line_items")?.map((line) => ({
        __typename: "RefundLineItem",
        id: gidOf("RefundLineItem", line),
        quantity: line.quantity,
        restockType: enumName(line.restock_type),
        lineItem: reference("LineItem", line.line_item_id),
        subtotalSet: bagOf(line, "subtotal", currencies),
        totalTaxSet: bagOf(line, "total_tax", currencies),
      })),
      orderAdjustments: others?.map((one) => ({
        __typename: "OrderAdjustment",
        id: gidOf("OrderAdjustment", one),
        reason: adjustmentReason(one),
        amountSet: bagOf(one, "amount", currencies),
        taxAmountSet: bagOf(one, "tax_amount", currencies),
      })),
      refundShippingLines: shippingRefunds?.map((one) => ({
        __typename: "RefundShippingLine",
        id: gidOf("RefundShippingLine", one),
        subtotalAmountSet: opposite(bagOf(one, "amount", currencies)),
        taxAmountSet: opposite(bagOf(one, "tax_amount", currencies)),
      })),
      duties: itemsOf(body, "duties")?.map((duty) => ({
        originalDuty: reference("Duty", duty.duty_id),
        amountSet: bagOf(duty, "amount", currencies),
      })),
      transactions,
    };
  };
}

function returnOf({ return: returned }: Body) {
  if (returned === null || returned === undefined) return returned;
  return typeof returned === "object" && "id" in returned
    ? reference("Return", returned.id)
    : undefined;
}

/** REST says the reason in words and the kind in snake case; GraphQL has one enum for both. */
function adjustmentReason({ kind, reason }: Body): unknown {
  const said = typeof reason === "string" ? reason : kind;
  return typeof said === "string" ? said.trim().toUpperCase().replaceAll(/\W+/g, "_") : said;
}

/** REST books refunded shipping as a negative adjustment, GraphQL as a positive refund. */
function opposite(bag: Bag | null | undefined): Bag | null | undefined {
  if (!bag) return bag;
  const { shopMoney, presentmentMoney } = bag;
  return {
    shopMoney: shopMoney && { ...shopMoney, amount: negated(shopMoney.amount) },
    ...(presentmentMoney && {
      presentmentMoney: { ...presentmentMoney, amount: negated(presentmentMoney.amount) },
    }),
  };
}

function negated(amount: string): string {
  if (/^-?0*(\.0*)?$/.test(amount)) return amount.replace("-", "");
  return amount.startsWith("-") ? amount.slice(1) : `-${amount}`;
}

/** Totals that REST does not state: from the order's transactions, all of them given. */
export function paymentTotals(transactions: readonly Transaction[], currencies: Currencies) {
  const done = transactions.filter(({ status }) => status === "SUCCESS");
  const received = [
    ...amountsOf(done.filter(({ kind }) => RECEIVED.has(String(kind)))),
    ...amountsOf(done.filter(({ kind }) => kind === "CHANGE")).map(opposite),
  ];
  const refunded = amountsOf(done.filter(({ kind }) => kind === "REFUND"));
  return {
    totalReceivedSet: sumBags(received, currencies),
    totalRefundedSet: sumBags(refunded, currencies),
    netPaymentSet: sumBags([...received, ...refunded.map(opposite)], currencies),
  };
}

/** Successful refunds of a list, summed; an amount that is not known makes the sum unknown. */
export function refundedOf(transactions: readonly Transaction[], currencies: Currencies) {
  return paymentTotals(transactions, currencies).totalRefundedSet;
}

/** Amounts with their cash rounding: 17.53 paid with 17.55 received 17.55. */
function amountsOf(transactions: readonly Transaction[]): Array<Bag | null | undefined> {
  return transactions.flatMap(({ amountSet, amountRoundingSet }) =>
    amountRoundingSet ? [amountSet, amountRoundingSet] : [amountSet],
  );
}

/** Lists of transactions as one, each transaction once. */
export function unionOf(...lists: ReadonlyArray<readonly Transaction[]>): Transaction[] {
  const byId = new Map<string | null, Transaction>();
  for (const one of lists.flat()) {
    const key = numericId(one.id);
    if (!byId.has(key)) byId.set(key, one);
  }
  return [...byId.values()];
}
