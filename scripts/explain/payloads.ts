import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import type { RawOrder } from "~/connectors/shopify/order-schemas";
import { isRestOrder, restOrder } from "~/connectors/shopify/rest-order";
import { parseExactJson } from "~/lib/exact-json";

export interface PayloadLine {
  /** From 1, as an editor counts. */
  number: number;
  text: string;
}

/**
 * The lines that hold something; BOM, CRLF and blank lines go. Holds one line in memory, and ends
 * when `signal` is aborted. A file that begins with a bracket alone on its line is one JSON text
 * written over many lines, and is handed over as one.
 */
export async function* payloadLines(
  input: Readable,
  signal: AbortSignal,
): AsyncGenerator<PayloadLine> {
  let number = 0;
  let whole: string[] | undefined;
  const crlfDelay = Number.POSITIVE_INFINITY;
  for await (const line of createInterface({ input, crlfDelay, signal })) {
    if (signal.aborted) return;
    number += 1;
    const text = (number === 1 ? line.replace(/^\uFEFF/, "") : line).trim();
    if (number === 1 && (text === "{" || text === "[")) whole = [];
    if (whole) whole.push(text);
    else if (text !== "") yield { number, text };
  }
  if (whole) yield { number: 1, text: whole.join("\n") };
}

/**
 * The orders of one payload as raw documents: a GraphQL order as it is, a REST-shaped one through
 * the border adapter, either also inside an answer (`data`, `nodes`, `edges`, `order`, `orders`), a
 * recording or a list. Throws an Error that says what is wrong with the line.
 */
export function ordersOf(text: string): RawOrder[] {
  const value = parse(text, "text");
  const found = findOrders(value);
  if (found.length === 0) throw new Error("it holds no order");
  if (found.every(isRestOrder)) return found.map(restOrder);
  // GraphQL writes money as strings and says with a number what is one, such as a tax rate.
  return findOrders(parse(text, "number")).map((order) =>
    isRestOrder(order) ? restOrder(order) : order,
  );
}

function parse(text: string, decimals: "text" | "number"): unknown {
  try {
    return parseExactJson(text, { decimals });
  } catch (cause) {
    throw new Error(`it is no JSON (${cause instanceof Error ? cause.message : ""})`, { cause });
  }
}

type Found = Record<string, unknown>;

/** The keys behind which answers and recordings keep orders. */
const DOORS = ["data", "node", "nodes", "edges", "order", "orders", "body", "payload"];

function findOrders(value: unknown): Found[] {
  if (Array.isArray(value)) return value.flatMap(findOrders);
  if (typeof value !== "object" || value === null) return [];
  if (isGraphqlOrder(value) || isRestOrder(value)) return [{ ...value }];
  const { transactions, ...held }: Found = { ...value };
  const orders = DOORS.flatMap((door) => findOrders(held[door]));
  const [only] = orders;
  // REST answers with an order's transactions by themselves: beside the order they belong to it.
  return only && orders.length === 1 && Array.isArray(transactions)
    ? [{ transactions, ...only }]
    : orders;
}

function isGraphqlOrder(value: object): boolean {
  return (
    "id" in value && typeof value.id === "string" && value.id.startsWith("gid://shopify/Order/")
  );
}
