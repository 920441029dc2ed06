import { DefectError } from "~/lib/errors";
import { moreSalesSchema, type OrderNode } from "./answer-schemas";
import { MORE_OF_ORDER, MORE_SALES } from "./documents/orders-pages";
import type { RawOrder } from "./order-schemas";
import {
  allEdges,
  ask,
  connectionOf,
  type Edges,
  furtherPages,
  type Reading,
} from "./whole-connection.server";

type ConnectionName = keyof typeof MORE_OF_ORDER;
const CONNECTIONS = Object.keys(MORE_OF_ORDER) as ConnectionName[];

/**
 * An order node of a page as a raw document: connections become plain lists, and those that the
 * page cut are read to their end. The same form as a document put together from bulk lines.
 */
export async function completeOrder(reading: Reading, node: OrderNode): Promise<RawOrder> {
  const document: Record<string, unknown> = { ...node };
  for (const name of CONNECTIONS) {
    const more = furtherPages(reading, MORE_OF_ORDER[name], node.id);
    const edges = await allEdges(connectionOf(node[name]), more);
    document[name] =
      name === "agreements"
        ? await completeAgreements(reading, node.id, edges)
        : edges.map((edge) => edge.node);
  }
  return document;
}

async function completeAgreements(
  reading: Reading,
  orderId: string,
  edges: Edges,
): Promise<Array<Record<string, unknown>>> {
  const agreements: Array<Record<string, unknown>> = [];
  for (const [index, { node }] of edges.entries()) {
    const agreementAfter = index === 0 ? null : edges[index - 1]?.cursor;
    const sales = await allEdges(connectionOf(node.sales), async (after) => {
      const variables = { id: orderId, agreementAfter, after };
      const answer = await ask(reading, MORE_SALES, variables, moreSalesSchema);
      const found = answer.node.agreements.edges[0]?.node;
      if (found && found.id === node.id) return found.sales;
      throw new DefectError(`Agreement ${String(node.id)} moved while it was read.`, {
        code: "AGREEMENT_MOVED",
        task: reading.task,
      });
    });
    agreements.push({ ...node, sales: sales.map((edge) => edge.node) });
  }
  return agreements;
}
