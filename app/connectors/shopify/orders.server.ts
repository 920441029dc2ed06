import { DefectError } from "~/lib/errors";
import type { AdminClient } from "./admin-client.server";
import {
  type OrderNode,
  ordersByIdSchema,
  ordersCountSchema,
  ordersPageSchema,
} from "./answer-schemas";
import { completeOrder } from "./complete-order.server";
import { ORDERS_BY_ID, ORDERS_COUNT, ORDERS_PAGE } from "./documents/orders-pages";
import type { RawOrder } from "./order-schemas";

const LARGEST_PAGE = 25;

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
}

/**
 * A reader that finds the page size which the shop's single query limit allows: it starts large
 * and halves whenever Shopify answers that a query costs too much.
 */
export function createOrderReader(
  client: AdminClient,
  task: string,
  signal?: AbortSignal,
): OrderReader {
  let size = LARGEST_PAGE;
  const common = { task, ...(signal ? { signal } : {}) };

  async function shrinking<T>(read: (size: number) => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await read(size);
      } catch (error) {
        const tooDear = error instanceof DefectError && error.code === "SHOPIFY_MAX_COST";
        if (!tooDear || size === 1) throw error;
        size = Math.ceil(size / 2);
      }
    }
  }

  async function complete(nodes: readonly OrderNode[]): Promise<RawOrder[]> {
    const orders: RawOrder[] = [];
    for (const node of nodes) orders.push(await completeOrder(client, node, task));
    return orders;
  }

  return {
    async page({ search, sortKey, reverse, after }) {
      const { orders } = await shrinking((first) =>
        client.request(ORDERS_PAGE, {
          variables: { first, after, query: search, sortKey, reverse },
          schema: ordersPageSchema,
          ...common,
        }),
      );
      return {
        orders: await complete(orders.edges.map(({ node }) => node)),
        ...orders.pageInfo,
      };
    },
    async byId(gids) {
      const found: RawOrder[] = [];
      for (let start = 0; start < gids.length; ) {
        const { nodes, step } = await shrinking(async (first) => {
          const ids = gids.slice(start, start + first);
          const variables = { ids };
          const answer = await client.request(ORDERS_BY_ID, {
            variables,
            schema: ordersByIdSchema,
            ...common,
          });
          return { nodes: answer.nodes, step: first };
        });
        found.push(...(await complete(nodes.filter(isOrder))));
        start += step;
      }
      return found;
    },
    async count(search) {
      const { ordersCount } = await client.request(ORDERS_COUNT, {
        variables: { query: search },
        schema: ordersCountSchema,
        ...common,
      });
      if (ordersCount?.precision === "EXACT") return ordersCount.count;
      throw new DefectError("Shopify did not count the orders exactly.", {
        code: "COUNT_NOT_EXACT",
        task,
      });
    },
  };
}

function isOrder(node: OrderNode | Record<string, never> | null): node is OrderNode {
  return node !== null && "id" in node;
}
