import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  type SelectionSetNode,
} from "graphql";

export interface DocumentScope {
  schema: GraphQLSchema;
  fragments: Record<string, FragmentDefinitionNode>;
}

export interface SelectedField {
  node: FieldNode;
  /** The type it is read from: the fragment's, where it stands in one. */
  parent: GraphQLCompositeType;
}

/** The fields of a selection with fragments opened. */
export function* fieldsOf(
  scope: DocumentScope,
  selection: SelectionSetNode | undefined,
  type: GraphQLCompositeType,
): Generator<SelectedField> {
  for (const node of selection?.selections ?? []) {
    if (node.kind === "Field") {
      yield { node, parent: type };
      continue;
    }
    const fragment = node.kind === "FragmentSpread" ? scope.fragments[node.name.value] : node;
    const condition = fragment?.typeCondition?.name.value;
    const narrowed = condition ? scope.schema.getType(condition) : type;
    if (fragment && isCompositeType(narrowed)) {
      yield* fieldsOf(scope, fragment.selectionSet, narrowed);
    }
  }
}

/** A field's definition; undefined for `__typename` and on unions. */
export function definitionOf(
  type: GraphQLCompositeType,
  name: string,
): GraphQLField<unknown, unknown> | undefined {
  return isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
}
