/**
 * The metafields that a shop's settings ask for (`namespace.key`), as a selection of an Order. Each is
 * a field of its own under an alias, not one connection: a bulk query holds five connections at most,
 * and a field that is null says that the order has no such metafield.
 */
export function metafieldSelection(names: readonly string[]): string {
  return names
    .map((name) => {
      const dot = name.indexOf(".");
      const [namespace, key] = [name.slice(0, dot), name.slice(dot + 1)];
      return `${METAFIELD_ALIAS}${aliasOf(name)}: metafield(namespace: ${JSON.stringify(namespace)}, key: ${JSON.stringify(key)}) { namespace key type value updatedAt }`;
    })
    .join("\n");
}

/** What the aliases begin with. */
const METAFIELD_ALIAS = "metafield_";

/** Two names never share an alias: what GraphQL does not allow in one stands as its code. */
function aliasOf(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9]/g, (char) => `_${char.charCodeAt(0).toString(16)}_`);
}
