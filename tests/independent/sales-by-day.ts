import Big from "big.js";
import { DateTime } from "luxon";
import { type Person, peopleByDay, personOf } from "./people-by-day";

/**
 * The sales table of the metrics' definitions, computed a second time: plain code over the stand-in's
 * truth (`GET /_sim/shops/:shop/orders.jsonl`), sharing nothing with the app. Money is exact and in
 * the shop's currency; a day is a day of the shop's zone.
 */
export const MONEY_FIGURES = [
  "gross_sales",
  "discounts",
  "returns",
  "net_sales",
  "shipping",
  "duties",
  "return_fees",
  "additional_fees",
  "tips",
  "taxes",
  "gift_cards_sold",
  "unclassified",
  "total_sales",
  "received",
  "refunded",
  "net_payments",
  /** Numerator of `aov`: what was ordered, gross less discounts. */
  "placed_sales",
] as const;
export const COUNT_FIGURES = [
  "orders",
  "units",
  "units_returned",
  "new_customers",
  "returning_customers",
  "unknown_customers",
] as const;

type MoneyFigure = (typeof MONEY_FIGURES)[number];
type CountFigure = (typeof COUNT_FIGURES)[number];
export type DayFigures = Record<MoneyFigure, Big> & Record<CountFigure, number>;

interface Bag {
  shopMoney: { amount: string };
}
interface TruthSale {
  actionType: string;
  lineType: string;
  quantity: number | null;
  totalAmount: Bag;
  totalTaxAmount: Bag;
  totalDiscountAmountBeforeTaxes: Bag;
}
export interface TruthOrder extends Person {
  test: boolean;
  processedAt: string;
  agreements: { __typename: string; happenedAt: string; sales: TruthSale[] }[];
  transactions: {
    kind: string;
    status: string;
    processedAt: string | null;
    createdAt: string;
    amountSet: Bag;
    amountRoundingSet: Bag | null;
  }[];
}

/** Figures of every day on which anything happened, by `YYYY-MM-DD`, ascending. */
export function salesByDay(orders: Iterable<TruthOrder>, zone: string): Map<string, DayFigures> {
  const days = new Map<string, DayFigures>();
  const dayOf = (instant: string) => {
    const day = DateTime.fromISO(instant, { zone }).toISODate() ?? "";
    const figures = days.get(day) ?? emptyDay();
    days.set(day, figures);
    return { day, figures };
  };
  const visits: { day: string; person: string | null }[] = [];
  for (const order of orders) {
    if (order.test) continue;
    const placed = dayOf(order.processedAt);
    placed.figures.orders += 1;
    visits.push({ day: placed.day, person: personOf(order) });
    for (const agreement of order.agreements) {
      const first = agreement.__typename === "OrderAgreement";
      const { figures } = first ? placed : dayOf(agreement.happenedAt);
      for (const sale of agreement.sales) addSale(figures, sale, first);
    }
    for (const transaction of order.transactions) {
      if (transaction.status !== "SUCCESS") continue;
      addTransaction(dayOf(transaction.processedAt ?? transaction.createdAt).figures, transaction);
    }
  }
  for (const [day, counts] of peopleByDay(visits)) Object.assign(days.get(day) ?? {}, counts);
  for (const figures of days.values()) derive(figures);
  return new Map([...days].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The sum of all days; customer counts of days do not add up to people and are summed as they are. */
export function sumOfDays(days: Iterable<DayFigures>): DayFigures {
  const total = emptyDay();
  for (const day of days) {
    for (const figure of MONEY_FIGURES) total[figure] = total[figure].plus(day[figure]);
    for (const figure of COUNT_FIGURES) total[figure] += day[figure];
  }
  return total;
}

const OF_ANY_ACTION: Record<string, MoneyFigure> = {
  SHIPPING: "shipping",
  DUTY: "duties",
  FEE: "return_fees",
  ADDITIONAL_FEE: "additional_fees",
  TIP: "tips",
  GIFT_CARD: "gift_cards_sold",
  UNKNOWN: "unclassified",
};

function addSale(figures: DayFigures, sale: TruthSale, placed: boolean): void {
  const tax = amount(sale.totalTaxAmount);
  const net = amount(sale.totalAmount).minus(tax);
  const discount = amount(sale.totalDiscountAmountBeforeTaxes);
  const add = (figure: MoneyFigure, value: Big) => {
    figures[figure] = figures[figure].plus(value);
  };
  if (sale.lineType !== "GIFT_CARD") add("taxes", tax);
  if (sale.lineType === "PRODUCT" && placed) add("placed_sales", net);
  if (
    sale.lineType === "ADJUSTMENT" ||
    (sale.lineType === "PRODUCT" && sale.actionType === "RETURN")
  ) {
    add("returns", net.neg());
    figures.units_returned -= sale.lineType === "PRODUCT" ? (sale.quantity ?? 0) : 0;
  } else if (sale.lineType === "PRODUCT") {
    add("gross_sales", net.plus(discount));
    add("discounts", discount);
    figures.units += sale.quantity ?? 0;
  } else {
    const figure = OF_ANY_ACTION[sale.lineType];
    if (!figure) throw new Error(`No figure for a row of ${sale.lineType}`);
    add(figure, net);
  }
}

function addTransaction(
  figures: DayFigures,
  transaction: TruthOrder["transactions"][number],
): void {
  const moved = amount(transaction.amountSet).plus(
    transaction.amountRoundingSet ? amount(transaction.amountRoundingSet) : 0,
  );
  if (transaction.kind === "SALE" || transaction.kind === "CAPTURE") {
    figures.received = figures.received.plus(moved);
  } else if (transaction.kind === "CHANGE") figures.received = figures.received.minus(moved);
  else if (transaction.kind === "REFUND") figures.refunded = figures.refunded.plus(moved);
}

function derive(day: DayFigures): void {
  day.net_sales = day.gross_sales.minus(day.discounts).minus(day.returns);
  day.total_sales = day.net_sales
    .plus(day.shipping)
    .plus(day.duties)
    .plus(day.taxes)
    .plus(day.return_fees)
    .plus(day.additional_fees);
  day.net_payments = day.received.minus(day.refunded);
}

function emptyDay(): DayFigures {
  const money = Object.fromEntries(MONEY_FIGURES.map((figure) => [figure, new Big(0)]));
  const counts = Object.fromEntries(COUNT_FIGURES.map((figure) => [figure, 0]));
  return { ...money, ...counts } as DayFigures;
}

function amount(bag: Bag): Big {
  return new Big(bag.shopMoney.amount);
}
