import {
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLField,
  getNamedType,
  isAbstractType,
  isCompositeType,
  type SelectionSetNode,
  valueFromASTUntyped,
} from "graphql";
import { isConnection, nodeTypeOf } from "../graphql/schema";
import { type DocumentScope, definitionOf } from "../graphql/selections";

/** A selection made ready to be read from plain nodes many times over. */
export interface ReadPlan {
  /** In the query's order; a nested connection leaves no key in its parent's line. */
  fields: FieldPlan[];
  /** Connections of these nodes, in the query's order, whatever object they hang on. */
  connections: ConnectionPlan[];
}

export interface FieldPlan {
  /** Alias, or the field's name. */
  key: string;
  /** `"key":`, already encoded. */
  prefix: string;
  name: string;
  /** Null where the query gives none. */
  args: Record<string, unknown> | null;
  /** Null for scalars. */
  below: ReadPlan | null;
  /** Types (`__typename`) for which the field is selected; null for all. */
  only: Set<string> | null;
  /** The answer to `__typename` where the schema alone knows it: nodes name their type only when it is one of several. */
  typeName?: string;
}

export interface ConnectionPlan {
  name: string;
  only: Set<string> | null;
  nodes: ReadPlan;
}

/** Compiles the node selection of a connection field (already validated for bulk). */
export function planConnection(
  input: DocumentScope,
  field: FieldNode,
  parent: GraphQLCompositeType,
): ReadPlan {
  const definition = fieldOf(parent, field.name.value);
  const edges = selectionsNamed(field.selectionSet, "edges");
  const merged: ReadPlan = { fields: [], connections: [] };
  const type = nodeTypeOf(definition.type);
  for (const node of edges.flatMap((edge) => selectionsNamed(edge.selectionSet, "node"))) {
    if (node.selectionSet && isCompositeType(type)) {
      addSelection(input, merged, node.selectionSet, type, null);
    }
  }
  return merged;
}

function addSelection(
  input: DocumentScope,
  plan: ReadPlan,
  selection: SelectionSetNode,
  type: GraphQLCompositeType,
  only: Set<string> | null,
): void {
  for (const node of selection.selections) {
    if (node.kind === "Field") {
      addField(input, plan, node, type, only);
      continue;
    }
    const fragment = node.kind === "FragmentSpread" ? input.fragments[node.name.value] : node;
    const condition = fragment?.typeCondition?.name.value;
    const narrowed = condition ? input.schema.getType(condition) : type;
    if (!fragment || !isCompositeType(narrowed)) continue;
    addSelection(
      input,
      plan,
      fragment.selectionSet,
      narrowed,
      both(only, possible(input, narrowed, type)),
    );
  }
}

function addField(
  input: DocumentScope,
  plan: ReadPlan,
  node: FieldNode,
  type: GraphQLCompositeType,
  only: Set<string> | null,
): void {
  const name = node.name.value;
  const key = node.alias?.value ?? name;
  const prefix = `${JSON.stringify(key)}:`;
  if (name === "__typename") {
    const known = isAbstractType(type) ? {} : { typeName: type.name };
    plan.fields.push({ key, prefix, name, args: null, below: null, only, ...known });
    return;
  }
  const definition = fieldOf(type, name);
  if (isConnection(definition.type)) {
    plan.connections.push({ name, only, nodes: planConnection(input, node, type) });
    return;
  }
  const named = getNamedType(definition.type);
  let below: ReadPlan | null = null;
  if (node.selectionSet && isCompositeType(named)) {
    below = { fields: [], connections: [] };
    addSelection(input, below, node.selectionSet, named, null);
  }
  plan.fields.push({ key, prefix, name, args: argumentsOf(node), below, only });
}

function argumentsOf(node: FieldNode): Record<string, unknown> | null {
  if (!node.arguments?.length) return null;
  return Object.fromEntries(
    node.arguments.map(({ name, value }) => [name.value, valueFromASTUntyped(value)]),
  );
}

function fieldOf(type: GraphQLCompositeType, name: string): GraphQLField<unknown, unknown> {
  const field = definitionOf(type, name);
  if (!field) throw new Error(`${type.name} has no field ${name}`);
  return field;
}

/** The object types a fragment narrows to; null when it narrows nothing. */
function possible(
  input: DocumentScope,
  narrowed: GraphQLCompositeType,
  outer: GraphQLCompositeType,
): Set<string> | null {
  if (narrowed === outer) return null;
  const types = isAbstractType(narrowed) ? input.schema.getPossibleTypes(narrowed) : [narrowed];
  return new Set(types.map((type) => type.name));
}

function both(a: Set<string> | null, b: Set<string> | null): Set<string> | null {
  if (!a || !b) return a ?? b;
  return new Set([...a].filter((name) => b.has(name)));
}

function selectionsNamed(selection: SelectionSetNode | undefined, name: string): FieldNode[] {
  const nodes = selection?.selections ?? [];
  return nodes.filter(
    (node): node is FieldNode => node.kind === "Field" && node.name.value === name,
  );
}
