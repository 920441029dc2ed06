import type pg from "pg";
import type { RawOrder } from "~/connectors/shopify/order-schemas";
import { daysOfCustomers, footprintOf } from "./facts/affected-days.server";
import { applyTombstones } from "./facts/apply-tombstones.server";
import { writeDetails, writeFacts } from "./facts/write-facts.server";
import { factsOfOrders, ordersToReckon } from "./facts-of-orders.server";
import { rollupDays } from "./rollups/rollup-days.server";
import { shopSettings } from "./shop-settings.server";
import {
  ORDER_DETAILS_RAW,
  ORDERS_RAW,
  type Road,
  type StagedOrder,
  stageDocuments,
} from "./staging/stage-documents.server";
import { toPlainLists } from "./transforms/plain-lists";
import { splitDetails } from "./transforms/split-details";
import { transformDetails } from "./transforms/transform-order";

export interface LoadedOrders {
  /** Orders that were new or changed; unchanged and outdated documents are not counted. */
  changed: number;
  /** Days of the shop (`YYYY-MM-DD`, sorted) whose rollups no longer hold. */
  affectedDays: string[];
}

interface LoadOptions {
  /** False when every day is rolled up afterwards anyway: then `affectedDays` stays empty. */
  trackDays?: boolean;
}

/**
 * The one way of an order into the warehouse: staging and facts, in the caller's transaction.
 * Documents may come in any order, twice, or late: the newest version stands at the end. Details
 * that a document holds go their own way (`loadOrderDetails`); one without leaves those stored. The
 * affected days take in the other orders of the same customers, whose being new may move.
 */
export async function loadOrders(
  client: pg.ClientBase,
  shopId: string,
  documents: readonly RawOrder[],
  road: Road,
  { trackDays = true }: LoadOptions = {},
): Promise<LoadedOrders> {
  const parted = documents.map((document) => splitDetails(toPlainLists(document) as RawOrder));
  const details = parted.flatMap((part) => (part.details ? [part.details] : []));
  const detailed = await writeNewDetails(client, shopId, details, road);
  const orders = parted.map(({ order }) => order);
  const staged = await stageDocuments(client, shopId, ORDERS_RAW, orders, road);
  const taken = new Set(staged.map(({ orderId }) => orderId));
  const reckoned = await ordersToReckon(
    client,
    shopId,
    detailed.filter((orderId) => !taken.has(orderId)),
  );
  const affectedDays = await writeOrders(client, shopId, [...staged, ...reckoned], trackDays);
  return { changed: staged.length, affectedDays };
}

/**
 * Details alone (refund lines, parcels' lines and events, returns, visits), as a reader of details
 * gives them. No rollup is made of them, but the sales of an order without a ledger are: its days are
 * rolled up here. Answers how many were new or changed.
 */
export async function loadOrderDetails(
  client: pg.ClientBase,
  shopId: string,
  documents: readonly RawOrder[],
  road: Road = "PAGE",
): Promise<number> {
  const detailed = await writeNewDetails(client, shopId, documents, road);
  const reckoned = await ordersToReckon(client, shopId, detailed);
  await rollupDays(client, shopId, await writeOrders(client, shopId, reckoned, true));
  return detailed.length;
}

/** Answers the ids of the orders whose details were new or changed. */
async function writeNewDetails(
  client: pg.ClientBase,
  shopId: string,
  documents: readonly RawOrder[],
  road: Road,
): Promise<string[]> {
  if (documents.length === 0) return [];
  const staged = await stageDocuments(client, shopId, ORDER_DETAILS_RAW, documents, road);
  const facts = staged.map(({ document }) => transformDetails(document));
  await writeDetails(client, shopId, facts);
  return staged.map(({ orderId }) => orderId);
}

/** Writes the facts of orders; answers the days whose rollups no longer hold, if they are asked for. */
async function writeOrders(
  client: pg.ClientBase,
  shopId: string,
  orders: readonly StagedOrder[],
  trackDays: boolean,
): Promise<string[]> {
  if (orders.length === 0) return [];
  if (!trackDays) {
    await writeStaged(client, shopId, orders);
    return [];
  }
  const { timezone } = await shopSettings(client, shopId);
  const orderIds = orders.map(({ orderId }) => orderId);
  const before = await footprintOf(client, shopId, timezone, orderIds);
  await writeStaged(client, shopId, orders);
  const after = await footprintOf(client, shopId, timezone, orderIds);
  const customers = [...new Set([...before.customerKeys, ...after.customerKeys])];
  const theirs = await daysOfCustomers(client, shopId, timezone, customers);
  return [...new Set([...before.days, ...after.days, ...theirs])].sort();
}

async function writeStaged(
  client: pg.ClientBase,
  shopId: string,
  staged: readonly StagedOrder[],
): Promise<void> {
  await writeFacts(client, shopId, await factsOfOrders(client, shopId, staged));
  await applyTombstones(
    client,
    shopId,
    staged.map(({ orderId }) => orderId),
  );
}
