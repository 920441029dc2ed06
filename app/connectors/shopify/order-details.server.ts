import type { z } from "zod";
import { NeedsUserError } from "~/lib/errors";
import type { AdminClient } from "./admin-client.server";
import { moreMomentsSchema, type OrderDetailsNode, orderDetailsSchema } from "./answer-schemas";
import {
  DETAIL_CONNECTIONS,
  type DetailOwner,
  MORE_ORDER_DETAILS,
  moreDetails,
  ORDER_DETAILS,
} from "./documents/order-details";
import type { RawOrder } from "./order-schemas";
import { createShrinking, inBatches } from "./shrinking-batches";
import {
  allEdges,
  ask,
  connectionOf,
  type Edges,
  furtherPages,
  type Reading,
} from "./whole-connection.server";

const LARGEST_BATCH = 25;

type Node = Edges[number]["node"];

interface DetailsOptions {
  /** Named in errors. */
  task: string;
  signal?: AbortSignal | undefined;
}

/** Reads details of orders by their global ids, in no fixed order. */
export type OrderDetailsReader = (gids: readonly string[]) => Promise<RawOrder[]>;

/**
 * A reader of what a bulk query cannot reach of an order (refund lines, parcels' lines and events,
 * returns, every visit): raw documents in the order's own shape, connections as plain lists, read to
 * their end. Orders that Shopify no longer knows are left out. A shop that has not granted
 * read_returns gets documents without `returns`; the reader remembers that.
 */
export function createOrderDetailsReader(
  client: AdminClient,
  { task, signal }: DetailsOptions,
): OrderDetailsReader {
  const reading: Reading = { client, task, signal };
  const shrinking = createShrinking(ORDER_DETAILS, LARGEST_BATCH);
  let returns = true;

  async function read(ids: readonly string[]) {
    try {
      return await ask(reading, ORDER_DETAILS, { ids, returns }, orderDetailsSchema);
    } catch (error) {
      const denied = error instanceof NeedsUserError && error.code === "SHOPIFY_ACCESS_DENIED";
      if (!denied || !returns) throw error;
      returns = false;
      return ask(reading, ORDER_DETAILS, { ids, returns }, orderDetailsSchema);
    }
  }

  return async (gids) => {
    const found: RawOrder[] = [];
    for await (const { nodes } of inBatches(gids, shrinking, read)) {
      for (const node of nodes)
        if (isDetails(node)) found.push(await completeDetails(reading, node));
    }
    return found;
  };
}

function isDetails(
  node: z.infer<typeof orderDetailsSchema>["nodes"][number],
): node is OrderDetailsNode {
  return node !== null && "id" in node;
}

/** Whether an order has anything that a reader of details would bring. */
export function hasDetails(order: RawOrder): boolean {
  const filled = (value: unknown) => Array.isArray(value) && value.length > 0;
  const returned = typeof order.returnStatus === "string" && order.returnStatus !== "NO_RETURN";
  const { customerJourneySummary: journey } = order;
  const moments = journey === null ? undefined : Reflect.get(Object(journey), "momentsCount");
  const betweenFirstAndLast = Number(Reflect.get(Object(moments), "count") ?? 0) > 2;
  return filled(order.refunds) || filled(order.fulfillments) || returned || betweenFirstAndLast;
}

async function completeDetails(reading: Reading, node: OrderDetailsNode): Promise<RawOrder> {
  const { customerJourneySummary: journey, returns, ...rest } = node;
  const moments = journey?.moments;
  return {
    ...rest,
    refunds: await completeAll(reading, "Refund", node.refunds),
    fulfillments: await completeAll(reading, "Fulfillment", node.fulfillments),
    ...(moments && {
      customerJourneySummary: {
        moments: nodesOf(
          await allEdges(moments, async (after) => {
            const variables = { id: node.id, after };
            const answer = await ask(
              reading,
              MORE_ORDER_DETAILS.moments,
              variables,
              moreMomentsSchema,
            );
            return answer.node.customerJourneySummary.connection;
          }),
        ),
      },
    }),
    ...(returns && {
      returns: await completeAll(
        reading,
        "Return",
        nodesOf(
          await allEdges(returns, furtherPages(reading, MORE_ORDER_DETAILS.returns, node.id)),
        ),
      ),
    }),
  };
}

/** Each owner with its connections as plain lists, read to their end. */
async function completeAll(
  reading: Reading,
  type: DetailOwner,
  owners: readonly Node[],
): Promise<Node[]> {
  const complete: Node[] = [];
  for (const owner of owners) {
    const whole: Node = { ...owner };
    for (const [name, fields] of Object.entries(DETAIL_CONNECTIONS[type])) {
      const more = furtherPages(reading, moreDetails(type, name, fields), String(owner.id));
      whole[name] = nodesOf(await allEdges(connectionOf(owner[name]), more));
    }
    complete.push(whole);
  }
  return complete;
}

function nodesOf(edges: Edges): Node[] {
  return edges.map(({ node }) => node);
}
