import type { z } from "zod";
import type { AdminClient } from "./admin-client.server";
import { type Connection, connectionSchema, moreOfOrderSchema } from "./answer-schemas";

export type Edges = Connection["edges"];

/** What a reader of connections needs to know. */
export interface Reading {
  client: AdminClient;
  task: string;
  signal?: AbortSignal | undefined;
}

/** A connection of which a first page is here, read to its end. */
export async function allEdges(
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

export function connectionOf(value: unknown): Connection {
  return connectionSchema.parse(value);
}

/** The further pages of a connection that `document` names `connection` below `node(id:)`. */
export function furtherPages(
  reading: Reading,
  document: string,
  id: string,
): (after: string | null) => Promise<Connection> {
  return async (after) => {
    const answer = await ask(reading, document, { id, after }, moreOfOrderSchema);
    return answer.node.connection;
  };
}

/** One request of a reading. */
export function ask<Schema extends z.ZodType>(
  { client, task, signal }: Reading,
  document: string,
  variables: Record<string, unknown>,
  schema: Schema,
): Promise<z.infer<Schema>> {
  return client.request(document, { variables, schema, task, ...(signal ? { signal } : {}) });
}
