import type { GraphCall } from "./call";
import { GraphError, invalidParameter } from "./graph-error";

export interface Page<T> {
  rows: T[];
  paging?: Record<string, unknown>;
}

/** `MAZDZD` is 0: base64 whose `=` are written `ZD`, as in Meta. */
export function cursorOf(offset: number): string {
  return Buffer.from(String(offset)).toString("base64").replace(/=/g, "ZD");
}

function offsetOf(cursor: string): number {
  const text = Buffer.from(
    cursor.replace(/(ZD)+$/, (end) => "=".repeat(end.length / 2)),
    "base64",
  );
  const offset = Number(text.toString("utf8"));
  if (!Number.isInteger(offset) || offset < 0 || cursorOf(offset) !== cursor) {
    throw new GraphError(2642);
  }
  return offset;
}

/**
 * A page of a list with Meta's paging: cursors on every page that holds rows, `next` and `previous`
 * as absolute addresses with every parameter and the token in them, `next` missing on the last page.
 */
export function pageOf<T>(
  call: GraphCall,
  rows: T[],
  defaults = { limit: 25, most: 5_000 },
): Page<T> {
  const limit = call.params.whole("limit") ?? defaults.limit;
  if (limit < 1) throw invalidParameter("Param limit must be a positive integer");
  const size = Math.min(limit, defaults.most);
  const after = call.params.text("after");
  const before = call.params.text("before");
  const end = before === null ? rows.length : Math.min(offsetOf(before), rows.length);
  const start =
    before === null ? (after === null ? 0 : offsetOf(after) + 1) : Math.max(0, end - size);
  const page = rows.slice(start, Math.min(start + size, end));
  if (page.length === 0) return { rows: page };
  const last = start + page.length - 1;
  return {
    rows: page,
    paging: {
      cursors: { before: cursorOf(start), after: cursorOf(last) },
      ...(last < rows.length - 1 ? { next: addressOf(call, "after", cursorOf(last)) } : {}),
      ...(start > 0 ? { previous: addressOf(call, "before", cursorOf(start)) } : {}),
    },
  };
}

function addressOf(call: GraphCall, direction: "after" | "before", cursor: string): string {
  const query = call.params.query();
  query.delete("after");
  query.delete("before");
  query.delete("appsecret_proof");
  query.set("access_token", call.token.token);
  query.set(direction, cursor);
  return `${call.base}/${call.version}/${call.path.join("/")}?${query}`;
}
