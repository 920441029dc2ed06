import { DefectError } from "~/lib/errors";
import type { AdminClient } from "./admin-client.server";
import {
  type Connection,
  connectionSchema,
  moreOfOrderSchema,
  moreSalesSchema,
  type OrderNode,
} from "./answer-schemas";
import { MORE_OF_ORDER, MORE_SALES } from "./documents/orders-pages";
import type { RawOrder } from "./order-schemas";

type ConnectionName = keyof typeof MORE_OF_ORDER;
const CONNECTIONS = Object.keys(MORE_OF_ORDER) as ConnectionName[];

/**
 * An order node of a page as a raw document: connections become plain lists, and those that the
 * page cut are read to their end. The same form as a document put together from bulk lines.
 */
export async function completeOrder(
  client: AdminClient,
  node: OrderNode,
  task: string,
): Promise<RawOrder> {
  const document: Record<string, unknown> = { ...node };
  for (const name of CONNECTIONS) {
    const edges = await allEdges(connectionOf(node[name]), (after) =>
      client
        .request(MORE_OF_ORDER[name], {
          variables: { id: node.id, after },
          schema: moreOfOrderSchema,
          task,
        })
        .then((answer) => answer.node.connection),
    );
    document[name] =
      name === "agreements"
        ? await completeAgreements(client, node.id, edges, task)
        : edges.map((edge) => edge.node);
  }
  return document;
}

type Edges = Connection["edges"];

async function completeAgreements(
  client: AdminClient,
  orderId: string,
  edges: Edges,
  task: string,
): Promise<Array<Record<string, unknown>>> {
  const agreements: Array<Record<string, unknown>> = [];
  for (const [index, { node }] of edges.entries()) {
    const agreementAfter = index === 0 ? null : edges[index - 1]?.cursor;
    const sales = await allEdges(connectionOf(node.sales), async (after) => {
      const answer = await client.request(MORE_SALES, {
        variables: { id: orderId, agreementAfter, after },
        schema: moreSalesSchema,
        task,
      });
      const found = answer.node.agreements.edges[0]?.node;
      if (found && found.id === node.id) return found.sales;
      throw new DefectError(`Agreement ${String(node.id)} moved while it was read.`, {
        code: "AGREEMENT_MOVED",
        task,
      });
    });
    agreements.push({ ...node, sales: sales.map((edge) => edge.node) });
  }
  return agreements;
}

async function allEdges(
  first: Connection,
  more: (after: string | null) => Promise<Connection>,
): Promise<Edges> {
  const edges = [...first.edges];
  let { pageInfo } = first;
  while (pageInfo.hasNextPage) {
    const next = await more(pageInfo.endCursor);
    edges.push(...next.edges);
    pageInfo = next.pageInfo;
  }
  return edges;
}

function connectionOf(value: unknown): Connection {
  return connectionSchema.parse(value);
}
