/**
 * The one border between GraphQL's shapes and a raw document: connections written as
 * `{edges: [{node}]}` or `{nodes: []}` become plain lists, at every depth; everything else stays
 * as it came. What holds no connection is handed back itself, not a copy: nearly every document is
 * plain already.
 */
export function toPlainLists(value: unknown): unknown {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return plainItems(value);
  const items = connectionItems(value);
  return items ? plainItems(items) : plainProperties(value);
}

function plainItems(items: readonly unknown[]): readonly unknown[] {
  let copy: unknown[] | undefined;
  for (const [index, item] of items.entries()) {
    const plain = toPlainLists(item);
    if (plain === item) continue;
    copy ??= [...items];
    copy[index] = plain;
  }
  return copy ?? items;
}

function plainProperties(value: object): object {
  let copy: Record<string, unknown> | undefined;
  for (const [key, item] of Object.entries(value)) {
    const plain = toPlainLists(item);
    if (plain === item) continue;
    copy ??= { ...value };
    copy[key] = plain;
  }
  return copy ?? value;
}

function connectionItems(value: object): readonly unknown[] | null {
  if ("edges" in value && Array.isArray(value.edges)) {
    return value.edges.map((edge: unknown) =>
      edge !== null && typeof edge === "object" && "node" in edge ? edge.node : edge,
    );
  }
  if ("nodes" in value && Array.isArray(value.nodes)) return value.nodes;
  return null;
}
