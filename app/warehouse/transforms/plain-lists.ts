type Json = unknown;

/**
 * The one border between GraphQL's shapes and a raw document: connections written as
 * `{edges: [{node}]}` or `{nodes: []}` become plain lists, at every depth; everything else stays
 * as it came. A document without connections comes out equal.
 */
export function toPlainLists(value: Json): Json {
  if (Array.isArray(value)) return value.map(toPlainLists);
  if (value === null || typeof value !== "object") return value;
  const items = connectionItems(value);
  if (items) return items.map(toPlainLists);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toPlainLists(item)]));
}

function connectionItems(value: object): Json[] | null {
  if ("edges" in value && Array.isArray(value.edges)) {
    return value.edges.map((edge: unknown) =>
      edge !== null && typeof edge === "object" && "node" in edge ? edge.node : edge,
    );
  }
  if ("nodes" in value && Array.isArray(value.nodes)) return value.nodes;
  return null;
}
