import {
  type GraphQLCompositeType,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  type SelectionSetNode,
} from "graphql";
import { isConnection } from "../graphql/schema";
import {
  type DocumentScope,
  definitionOf,
  fieldsOf,
  type SelectedField,
} from "../graphql/selections";

/** What Shopify's rules for bulk queries are about. */
export interface Findings {
  connections: number;
  /** How deep the deepest connection lies below its root connection. */
  depth: number;
  insideList: boolean;
  /** Connections whose contents are not selected as `edges { node }`. */
  viaNodes: string[];
  parentsWithoutId: string[];
}

interface Place {
  depth: number;
  inList: boolean;
  parent: { name: string; hasId: boolean } | null;
}

/** Walks the selection of a bulk query with the schema at hand. */
export function findingsOf(
  scope: DocumentScope,
  selection: SelectionSetNode,
  root: GraphQLCompositeType,
): Findings {
  const findings: Findings = {
    connections: 0,
    depth: 0,
    insideList: false,
    viaNodes: [],
    parentsWithoutId: [],
  };
  walk(scope, findings, selection, root, { depth: 0, inList: false, parent: null });
  return findings;
}

function walk(
  scope: DocumentScope,
  findings: Findings,
  selection: SelectionSetNode,
  type: GraphQLCompositeType,
  at: Place,
): void {
  for (const selected of fieldsOf(scope, selection, type)) {
    const definition = definitionOf(selected.parent, selected.node.name.value);
    const below = selected.node.selectionSet;
    const named = definition && getNamedType(definition.type);
    if (!definition || !below || !isCompositeType(named)) continue;
    if (isConnection(definition.type)) {
      visitConnection(scope, findings, selected, named, at);
      continue;
    }
    const isList = isListType(getNullableType(definition.type));
    walk(scope, findings, below, named, { ...at, inList: at.inList || isList });
  }
}

function visitConnection(
  scope: DocumentScope,
  findings: Findings,
  { node }: SelectedField,
  type: GraphQLCompositeType,
  at: Place,
): void {
  const name = node.name.value;
  findings.connections += 1;
  findings.depth = Math.max(findings.depth, at.depth);
  findings.insideList ||= at.inList;
  if (at.parent && !at.parent.hasId) findings.parentsWithoutId.push(at.parent.name);
  const contents = edgeNodes(scope, node.selectionSet, type);
  if (!contents) {
    findings.viaNodes.push(name);
    return;
  }
  for (const [selection, nodeType] of contents) {
    const own = [...fieldsOf(scope, selection, nodeType)];
    const hasId = own.some((field) => field.node.name.value === "id" && !field.node.alias);
    const parent = { name, hasId };
    walk(scope, findings, selection, nodeType, { depth: at.depth + 1, inList: false, parent });
  }
}

/** The selections of `edges { node }`; null when the contents are selected another way. */
function edgeNodes(
  scope: DocumentScope,
  selection: SelectionSetNode | undefined,
  type: GraphQLCompositeType,
): [SelectionSetNode, GraphQLCompositeType][] | null {
  const parts = [...fieldsOf(scope, selection, type)];
  if (parts.some((part) => part.node.name.value === "nodes")) return null;
  const found: [SelectionSetNode, GraphQLCompositeType][] = [];
  const edgeType = getNamedType(definitionOf(type, "edges")?.type);
  for (const part of parts) {
    if (part.node.name.value !== "edges" || !isCompositeType(edgeType)) continue;
    for (const { node } of fieldsOf(scope, part.node.selectionSet, edgeType)) {
      const nodeType = getNamedType(definitionOf(edgeType, node.name.value)?.type);
      if (node.name.value === "node" && node.selectionSet && isCompositeType(nodeType)) {
        found.push([node.selectionSet, nodeType]);
      }
    }
  }
  return found.length > 0 ? found : null;
}
