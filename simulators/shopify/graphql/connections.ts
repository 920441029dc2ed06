import type { PlainNode } from "../store/types";
import { shopifyError } from "./errors";

const MAX_PAGE = 250;

export interface PageArguments {
  first?: number | null;
  last?: number | null;
  after?: string | null;
  before?: string | null;
}

interface CursorContent {
  last_id: number | string;
  last_value: number | string;
}

/** A list that can be paged through without building what lies outside the page. */
export interface PageSource {
  readonly length: number;
  node(index: number): PlainNode;
  cursor(index: number): CursorContent;
  /** How many items stand at or before this cursor; null when the cursor is none of this list's. */
  positionAfter(cursor: CursorContent): number | null;
}

export interface Page {
  nodes: PlainNode[];
  edges: { cursor: string; node: PlainNode }[];
  pageInfo: {
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor: string | null;
    endCursor: string | null;
  };
}

/** A page of a list by Shopify's rules; throws their errors for impossible arguments. */
export function pageOf(source: PageSource, args: PageArguments): Page {
  const { first, last } = args;
  if (first == null && last == null) {
    throw shopifyError("you must provide one of first or last", "BAD_REQUEST");
  }
  if (first != null && last != null) {
    throw shopifyError("providing both first and last is not supported", "BAD_REQUEST");
  }
  const size = first ?? last ?? 0;
  if (size < 0 || size > MAX_PAGE) {
    const name = first == null ? "last" : "first";
    throw shopifyError(`${name} must be between 0 and ${MAX_PAGE}`, "BAD_REQUEST");
  }
  const from = args.after ? positionOf(source, args.after) : 0;
  const until = args.before ? positionOf(source, args.before) - 1 : source.length;
  const begin = first == null ? Math.max(from, until - size) : from;
  const end = first == null ? until : Math.min(until, from + size);
  const edges: Page["edges"] = [];
  for (let index = begin; index < end; index += 1) {
    edges.push({ cursor: encodeCursor(source.cursor(index)), node: source.node(index) });
  }
  return {
    edges,
    nodes: edges.map((edge) => edge.node),
    pageInfo: {
      hasNextPage: end < source.length,
      hasPreviousPage: begin > 0,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

/** A plain list held inside a node; its cursors name the node's id, or its place when it has none. */
export function listSource(nodes: PlainNode[]): PageSource {
  const idAt = (index: number): number | string => numberOfGid(nodes[index]?.id) ?? index + 1;
  return {
    length: nodes.length,
    node: (index) => nodes[index] ?? {},
    cursor: (index) => ({ last_id: idAt(index), last_value: String(idAt(index)) }),
    positionAfter(cursor) {
      const index = nodes.findIndex((_, at) => idAt(at) === cursor.last_id);
      return index < 0 ? null : index + 1;
    },
  };
}

/** A list of texts; its cursors are places. */
export function textSource(texts: string[]): { length: number } & Omit<PageSource, "node"> & {
    node(index: number): string;
  } {
  return {
    length: texts.length,
    node: (index) => texts[index] ?? "",
    cursor: (index) => ({ last_id: index + 1, last_value: texts[index] ?? "" }),
    positionAfter: (cursor) => (typeof cursor.last_id === "number" ? cursor.last_id : null),
  };
}

/** The number at the end of a global id, null when there is none. */
export function numberOfGid(gid: unknown): number | null {
  const digits =
    typeof gid === "string" ? /^gid:\/\/shopify\/\w+\/(\d+)/.exec(gid)?.[1] : undefined;
  return digits === undefined ? null : Number(digits);
}

function encodeCursor(content: CursorContent): string {
  return Buffer.from(JSON.stringify(content)).toString("base64");
}

function positionOf(source: PageSource, text: string): number {
  const content = decodeCursor(text);
  const position = content && source.positionAfter(content);
  if (position == null) throw shopifyError("Malformed cursor", "BAD_REQUEST");
  return position;
}

function decodeCursor(text: string): CursorContent | null {
  try {
    const content: unknown = JSON.parse(Buffer.from(text, "base64").toString("utf8"));
    const known = typeof content === "object" && content !== null && "last_id" in content;
    return known ? (content as CursorContent) : null;
  } catch {
    return null;
  }
}
