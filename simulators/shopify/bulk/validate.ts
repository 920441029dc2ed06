import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  GraphQLError,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  parse,
  type SelectionSetNode,
} from "graphql";
import { type ParsedDocument, readDocument, syntaxText } from "../graphql/document";
import { isConnection } from "../graphql/schema";

export const MAX_QUERY_BYTES = 65_535;

/** The query ready to run, or the text of Shopify's refusal (reference/shopify-api.md §1.3). */
export function validateBulkQuery(
  schema: GraphQLSchema,
  query: string,
): { parsed: ParsedDocument } | { refusal: string } {
  const bytes = Buffer.byteLength(query);
  if (bytes > MAX_QUERY_BYTES) {
    return { refusal: `Query is too large (${bytes} bytes; maximum is ${MAX_QUERY_BYTES} bytes)` };
  }
  const syntax = syntaxProblem(query);
  if (syntax) return { refusal: `Invalid bulk query: ${syntax}` };
  const parsed = readDocument(schema, query, null);
  if (Array.isArray(parsed)) {
    return { refusal: `Invalid bulk query: ${parsed[0]?.message ?? "unknown error"}` };
  }
  if (parsed.operation.operation !== "query") {
    return { refusal: "Invalid operation type. Only `query` operations are supported." };
  }
  const refusal = refusalOf(schema, parsed);
  return refusal ? { refusal } : { parsed };
}

function syntaxProblem(query: string): string | null {
  try {
    parse(query);
    return null;
  } catch (error) {
    if (error instanceof GraphQLError) return syntaxText(error);
    throw error;
  }
}

/** What the walk over a bulk query finds out. */
interface Findings {
  connections: number;
  depth: number;
  insideList: boolean;
  viaNodes: string[];
  parentsWithoutId: string[];
}

function refusalOf(schema: GraphQLSchema, { operation, fragments }: ParsedDocument): string | null {
  const root = schema.getQueryType();
  if (!root) return null;
  const top = fieldsOf(operation.selectionSet, fragments, schema, root).map(
    ({ field }) => field.name.value,
  );
  for (const name of ["node", "nodes"]) {
    if (top.includes(name)) return `Bulk queries cannot contain a top level \`${name}\` field.`;
  }
  const findings: Findings = {
    connections: 0,
    depth: 0,
    insideList: false,
    viaNodes: [],
    parentsWithoutId: [],
  };
  const walk = (
    selection: SelectionSetNode,
    type: GraphQLCompositeType,
    at: { depth: number; inList: boolean; parent: ParentNode | null },
  ): void => {
    for (const { field, parent } of fieldsOf(selection, fragments, schema, type)) {
      const definition = "getFields" in parent ? parent.getFields()[field.name.value] : undefined;
      if (!definition || !field.selectionSet) continue;
      const named = getNamedType(definition.type);
      if (!isCompositeType(named)) continue;
      if (!isConnection(definition.type)) {
        const isList = isListType(getNullableType(definition.type));
        walk(field.selectionSet, named, { ...at, inList: at.inList || isList });
        continue;
      }
      findings.connections += 1;
      findings.depth = Math.max(findings.depth, at.depth);
      findings.insideList ||= at.inList;
      if (at.parent && !at.parent.hasId) findings.parentsWithoutId.push(at.parent.name);
      const name = field.name.value;
      const nodes = edgeNodes(field, fragments, schema, named);
      if (!nodes) findings.viaNodes.push(name);
      for (const node of nodes ?? []) {
        const own = fieldsOf(node.selection, fragments, schema, node.type);
        const hasId = own.some(({ field: inner }) => inner.name.value === "id" && !inner.alias);
        walk(node.selection, node.type, {
          depth: at.depth + 1,
          inList: false,
          parent: { name, hasId },
        });
      }
    }
  };
  walk(operation.selectionSet, root, { depth: 0, inList: false, parent: null });
  return worst(findings);
}

interface ParentNode {
  name: string;
  hasId: boolean;
}

function worst(findings: Findings): string | null {
  const unique = (names: string[]) => [...new Set(names)].join(", ");
  if (findings.connections === 0) return "Bulk queries must contain at least one connection.";
  if (findings.viaNodes.length > 0) {
    return `All connection fields in a bulk query must select their contents using 'edges' > 'node', e.g: 'orders { edges { node {'. Selecting via 'nodes' is not supported. Invalid connection fields: '${unique(findings.viaNodes)}'.`;
  }
  if (findings.insideList) {
    return "Queries that contain a connection field within a list field are not currently supported.";
  }
  if (findings.depth > 2) {
    return "Bulk queries cannot contain connections with a nesting depth greater than 2.";
  }
  if (findings.connections > 5) return "Bulk queries cannot contain more than 5 connections.";
  if (findings.parentsWithoutId.length > 0) {
    return `The parent 'node' field for a nested connection must select the 'id' field without an alias and must be of 'ID' return type. Connection fields without 'id': ${unique(findings.parentsWithoutId)}.`;
  }
  return null;
}

/** The selections of `edges { node }`; null when the contents are selected another way. */
function edgeNodes(
  field: FieldNode,
  fragments: Record<string, FragmentDefinitionNode>,
  schema: GraphQLSchema,
  type: GraphQLCompositeType,
): { selection: SelectionSetNode; type: GraphQLCompositeType }[] | null {
  if (!field.selectionSet) return null;
  const found: { selection: SelectionSetNode; type: GraphQLCompositeType }[] = [];
  for (const { field: part } of fieldsOf(field.selectionSet, fragments, schema, type)) {
    if (part.name.value === "nodes") return null;
    if (part.name.value !== "edges" || !part.selectionSet || !isObjectType(type)) continue;
    const edge = getNamedType(type.getFields().edges?.type);
    if (!isObjectType(edge)) continue;
    for (const { field: node } of fieldsOf(part.selectionSet, fragments, schema, edge)) {
      const nodeType = getNamedType(edge.getFields()[node.name.value]?.type);
      if (node.name.value === "node" && node.selectionSet && isCompositeType(nodeType)) {
        found.push({ selection: node.selectionSet, type: nodeType });
      }
    }
  }
  return found.length > 0 ? found : null;
}

function fieldsOf(
  selection: SelectionSetNode,
  fragments: Record<string, FragmentDefinitionNode>,
  schema: GraphQLSchema,
  type: GraphQLCompositeType,
): { field: FieldNode; parent: GraphQLCompositeType }[] {
  return selection.selections.flatMap((node) => {
    if (node.kind === "Field") return [{ field: node, parent: type }];
    const fragment = node.kind === "FragmentSpread" ? fragments[node.name.value] : node;
    const condition = fragment?.typeCondition?.name.value;
    const narrowed = condition ? schema.getType(condition) : type;
    const known = isObjectType(narrowed) || isInterfaceType(narrowed) || isCompositeType(narrowed);
    return fragment && known ? fieldsOf(fragment.selectionSet, fragments, schema, narrowed) : [];
  });
}
