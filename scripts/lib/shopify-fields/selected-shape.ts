import {
  type GraphQLCompositeType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  parse,
  type SelectionSetNode,
} from "graphql";

/** What a document selects below a type: by concrete type, by field. */
export type Shape = Map<string, Map<string, SelectedField>>;

export interface SelectedField {
  type: GraphQLOutputType;
  /** A list, or a connection, which a raw document holds as one. */
  isList: boolean;
  /** Null for leaves. */
  below: Shape | null;
}

/** What documents that read orders by id select of an Order, all together. */
export function selectedOfOrder(schema: GraphQLSchema, documents: readonly string[]): Shape {
  const shape: Shape = new Map();
  const order = schema.getType("Order");
  if (!isObjectType(order)) throw new Error("the schema has no Order");
  for (const text of documents) {
    for (const definition of parse(text).definitions) {
      if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
      for (const root of definition.selectionSet.selections) {
        if (root.kind === Kind.FIELD && root.selectionSet) {
          collect(schema, root.selectionSet, order, shape);
        }
      }
    }
  }
  return shape;
}

function collect(
  schema: GraphQLSchema,
  selection: SelectionSetNode,
  type: GraphQLCompositeType,
  into: Shape,
): void {
  for (const node of selection.selections) {
    if (node.kind === Kind.INLINE_FRAGMENT) {
      const name = node.typeCondition?.name.value;
      const narrowed = name ? schema.getType(name) : type;
      if (isCompositeType(narrowed)) collect(schema, node.selectionSet, narrowed, into);
      continue;
    }
    if (node.kind !== Kind.FIELD || node.name.value === "__typename") continue;
    for (const concrete of isAbstractType(type) ? schema.getPossibleTypes(type) : [type]) {
      addField(schema, into, concrete, node.name.value, node.selectionSet);
    }
  }
}

function addField(
  schema: GraphQLSchema,
  into: Shape,
  owner: GraphQLCompositeType,
  name: string,
  selection: SelectionSetNode | undefined,
): void {
  const definition = isObjectType(owner) ? owner.getFields()[name] : undefined;
  if (!definition) return;
  const fields = into.get(owner.name) ?? new Map<string, SelectedField>();
  into.set(owner.name, fields);
  const nodes = connectionNodes(definition.type);
  const named = nodes ?? getNamedType(definition.type);
  const known = fields.get(name);
  const below = selection && isCompositeType(named) ? (known?.below ?? new Map()) : null;
  if (selection && below && isCompositeType(named)) {
    for (const inner of nodes ? nodeSelections(selection) : [selection]) {
      collect(schema, inner, named, below);
    }
  }
  const isList = nodes !== null || isListType(getNullableType(definition.type));
  fields.set(name, { type: definition.type, isList, below });
}

/** The type of a connection's nodes; null for anything else. */
export function connectionNodes(type: GraphQLOutputType): GraphQLCompositeType | null {
  const named = getNamedType(type);
  if (!isObjectType(named) || !named.name.endsWith("Connection")) return null;
  const edge = getNamedType(named.getFields().edges?.type);
  const node = isObjectType(edge) ? getNamedType(edge.getFields().node?.type) : undefined;
  return isObjectType(node) || isInterfaceType(node) ? node : null;
}

function nodeSelections(selection: SelectionSetNode): SelectionSetNode[] {
  const named = (from: SelectionSetNode, name: string) =>
    from.selections.flatMap((one) =>
      one.kind === Kind.FIELD && one.name.value === name && one.selectionSet
        ? [one.selectionSet]
        : [],
    );
  return named(selection, "edges").flatMap((edge) => named(edge, "node"));
}
