import type { AdminClient } from "./admin-client.server";
import { ORDER_IDS } from "./documents/order-ids";
import { orderIdsSchema } from "./report-schemas";

const PAGE = 250;

export interface OrderHead {
  gid: string;
  updatedAt: string;
}

/** One page of the orders that match a search, by id; `endCursor` is null after the last. */
export async function readOrderIds(
  client: AdminClient,
  search: string,
  { after, task, signal }: { after: string | null; task: string; signal: AbortSignal },
): Promise<{ heads: OrderHead[]; endCursor: string | null }> {
  const { orders } = await client.request(ORDER_IDS, {
    variables: { first: PAGE, after, query: search },
    schema: orderIdsSchema,
    task,
    signal,
  });
  return {
    heads: orders.edges.map(({ node }) => ({ gid: node.id, updatedAt: node.updatedAt })),
    endCursor: orders.pageInfo.hasNextPage ? orders.pageInfo.endCursor : null,
  };
}
