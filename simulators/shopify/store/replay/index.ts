import { assembleStore } from "../assemble-store";
import { instant } from "../nodes/context";
import { orderHead } from "../order-head";
import type { OrderRecord } from "../records";
import { simShop } from "../store-from-orders";
import type { OrderHead, ReplayOptions, SimStore } from "../types";
import { buildOrder, idsNeeded, type LogPlace } from "./build-order";
import { catalogueOf, groupOrders, type LogOrder } from "./group-log";
import { zoneOfLog } from "./log-zone";
import { readLog } from "./read-log";

export { ReplayError } from "./replay-error";

const DAY = 86_400_000;

/**
 * A store that replays a log of real purchases (CSV, header
 * `kind,order_id,at,customer_id,email,line_no,sku,title,quantity,unit_price,currency,refund_of`).
 * An order is the sale rows of one order_id, wherever they stand, at the instant of the first; no
 * tax, no shipping, paid at once. A line is quantity × unit_price by exact decimals, rounded half up
 * once, on the line, to the currency's minor unit. A refund is booked on its own instant with its
 * own amount. The shop has the log's currency and a zone that reads its days as the log does.
 * Memory holds the rows; orders are made again each time they are asked for.
 * Throws ReplayError (line and reason) at the first row that makes no sense.
 */
export function replayStore(options: ReplayOptions): SimStore {
  const log = readLog(options.csv);
  const products = catalogueOf(log);
  const { orders, customers } = groupOrders(log);
  const places = placesOf(orders);
  const build = (position: number): OrderRecord | undefined => {
    const order = orders[position];
    const place = places[position];
    return order && place ? buildOrder(order, place, log.currency, products) : undefined;
  };
  const heads: OrderHead[] = [];
  const positions = new Map<number, number>();
  orders.forEach((_, position) => {
    const record = build(position);
    if (!record) return;
    positions.set(record.id, position);
    heads.push(orderHead(record));
    countOrder(record);
  });
  const shop = simShop({
    domain: options.domain,
    currency: log.currency,
    ianaTimezone: zoneOfLog(log),
    plan: options.plan ?? "plus",
    createdAt: instant((orders[0]?.at ?? 0) - DAY),
    ...(options.name === undefined ? {} : { name: options.name }),
  });
  const record = (id: number) => {
    const position = positions.get(id);
    return position === undefined ? undefined : build(position);
  };
  return assembleStore({ shop, heads, record, customers, catalogue: [...products.values()] });
}

function placesOf(orders: LogOrder[]): LogPlace[] {
  let firstId = 0;
  return orders.map((order, position) => {
    const place = { position, firstId };
    firstId += idsNeeded(order);
    return place;
  });
}

function countOrder({ customer, transactions, updatedAt }: OrderRecord): void {
  if (!customer) return;
  customer.orders += 1;
  customer.updatedAt = Math.max(customer.updatedAt, updatedAt);
  for (const { kind, amount } of transactions)
    customer.spent += kind === "REFUND" ? -amount : amount;
}
