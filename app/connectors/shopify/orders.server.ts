import { DefectError } from "~/lib/errors";
import type { AdminClient } from "./admin-client.server";
import {
  type OrderNode,
  oldestOrderSchema,
  ordersByIdSchema,
  ordersCountSchema,
  ordersPageSchema,
} from "./answer-schemas";
import { completeOrder } from "./complete-order.server";
import { OLDEST_ORDER, ORDERS_COUNT, ordersById, ordersPage } from "./documents/orders-pages";
import { mergeDetails } from "./merge-details";
import { createOrderDetailsReader, hasDetails } from "./order-details.server";
import type { RawOrder } from "./order-schemas";
import { createShrinking, inBatches } from "./shrinking-batches";
import { ask, type Reading } from "./whole-connection.server";

/** As many as a query of 1,000 points holds: 966 points, 13 would be 1,207. */
const LARGEST_PAGE = 12;
/** What is asked for by id costs the same however many there are (241 points). */
const LARGEST_BATCH = 24;

export interface PageRequest {
  search: string;
  sortKey: "CREATED_AT" | "PROCESSED_AT" | "UPDATED_AT";
  reverse: boolean;
  /** The end cursor of the page before; null for the first. */
  after: string | null;
}

export interface OrdersPage {
  orders: RawOrder[];
  endCursor: string | null;
  hasNextPage: boolean;
}

/** Reads whole orders by pages, by ids, and counts them. */
export interface OrderReader {
  page(request: PageRequest): Promise<OrdersPage>;
  /** In no fixed order; ids that Shopify no longer knows are left out. */
  byId(gids: readonly string[]): Promise<RawOrder[]>;
  /** Exact, without the default limit of 10,000. */
  count(search: string): Promise<number>;
  /** When the shop's first order was created; null where the app sees none. */
  oldest(): Promise<string | null>;
}

export interface ReaderOptions {
  /** Metafields of the order that the shop's settings ask for, `namespace.key`. */
  metafields?: readonly string[];
}

/**
 * A reader that finds the page size which the single query limit allows: it starts with what is
 * known to fit and halves whenever Shopify answers that a query costs too much (more metafields).
 * Orders that have refunds, parcels or returns cost a second request, which brings what hangs below
 * these.
 */
export function createOrderReader(
  client: AdminClient,
  task: string,
  signal?: AbortSignal,
  { metafields = [] }: ReaderOptions = {},
): OrderReader {
  const documents = { page: ordersPage(metafields), byId: ordersById(metafields) };
  const reading: Reading = { client, task, signal };
  const pages = createShrinking(documents.page, LARGEST_PAGE);
  const batches = createShrinking(documents.byId, LARGEST_BATCH);
  const readDetails = createOrderDetailsReader(client, { task, signal });

  /** Whole documents: connections to their end, and the details of those that have any. */
  async function complete(nodes: readonly OrderNode[]): Promise<RawOrder[]> {
    const orders: RawOrder[] = [];
    for (const node of nodes) orders.push(await completeOrder(reading, node));
    const withDetails = orders.filter(hasDetails).map(({ id }) => String(id));
    const details = new Map<unknown, RawOrder>();
    for (const one of await readDetails(withDetails)) {
      details.set(one.id, one);
    }
    return orders.map((order) => {
      const own = details.get(order.id);
      return own ? mergeDetails(order, own) : order;
    });
  }

  return {
    async page({ search, sortKey, reverse, after }) {
      const { orders } = await pages((first) => {
        const variables = { first, after, query: search, sortKey, reverse };
        return ask(reading, documents.page, variables, ordersPageSchema);
      });
      return {
        orders: await complete(orders.edges.map(({ node }) => node)),
        ...orders.pageInfo,
      };
    },
    async byId(gids) {
      const found: RawOrder[] = [];
      const read = (ids: readonly string[]) =>
        ask(reading, documents.byId, { ids }, ordersByIdSchema);
      for await (const { nodes } of inBatches(gids, batches, read)) {
        found.push(...(await complete(nodes.filter(isOrder))));
      }
      return found;
    },
    async count(search) {
      const { ordersCount } = await ask(
        reading,
        ORDERS_COUNT,
        { query: search },
        ordersCountSchema,
      );
      if (ordersCount?.precision === "EXACT") return ordersCount.count;
      throw new DefectError("Shopify did not count the orders exactly.", {
        code: "COUNT_NOT_EXACT",
        task,
      });
    },
    async oldest() {
      const { orders } = await ask(reading, OLDEST_ORDER, {}, oldestOrderSchema);
      return orders.edges[0]?.node.createdAt ?? null;
    },
  };
}

function isOrder(node: OrderNode | Record<string, never> | null): node is OrderNode {
  return node !== null && "id" in node;
}
