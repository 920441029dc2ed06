import type { ASTNode } from "graphql";

/** What graphql-js gives a visitor of what stands above a node: nodes and lists of nodes. */
export type Ancestors = readonly (ASTNode | readonly ASTNode[])[];

/** The path Shopify gives to a validation error: operation, response keys, arguments, list places. */
export function validationPath(ancestors: Ancestors, node: ASTNode): (string | number)[] {
  const path: (string | number)[] = [];
  const chain = [...ancestors, node];
  chain.forEach((entry, depth) => {
    if (Array.isArray(entry)) {
      const owner = chain[depth - 1];
      const next: unknown = chain[depth + 1];
      const isList = owner && "kind" in owner && owner.kind === "ListValue";
      if (isList && next) path.push(entry.indexOf(next));
      return;
    }
    const name = pathName(entry as ASTNode);
    if (name !== null) path.push(name);
  });
  return path;
}

function pathName(node: ASTNode): string | null {
  switch (node.kind) {
    case "OperationDefinition":
      return node.name ? `${node.operation} ${node.name.value}` : node.operation;
    case "FragmentDefinition":
      return `fragment ${node.name.value}`;
    case "InlineFragment":
      return node.typeCondition ? `... on ${node.typeCondition.name.value}` : "...";
    case "Field":
      return node.alias?.value ?? node.name.value;
    case "Argument":
    case "ObjectField":
      return node.name.value;
    default:
      return null;
  }
}
