import { GraphQLError, type GraphQLSchema, parse } from "graphql";
import { type ParsedDocument, readDocument, syntaxText } from "../graphql/document";
import { fieldsOf } from "../graphql/selections";
import { type Findings, findingsOf } from "./findings";

const MAX_QUERY_BYTES = 65_535;
const MAX_CONNECTIONS = 5;
const MAX_DEPTH = 2;

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

function refusalOf(schema: GraphQLSchema, { operation, fragments }: ParsedDocument): string | null {
  const root = schema.getQueryType();
  if (!root) throw new Error("The schema has no queries");
  const scope = { schema, fragments };
  for (const { node } of fieldsOf(scope, operation.selectionSet, root)) {
    const name = node.name.value;
    if (name === "node" || name === "nodes") {
      return `Bulk queries cannot contain a top level \`${name}\` field.`;
    }
  }
  return worst(findingsOf(scope, operation.selectionSet, root));
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
  if (findings.depth > MAX_DEPTH) {
    return "Bulk queries cannot contain connections with a nesting depth greater than 2.";
  }
  if (findings.connections > MAX_CONNECTIONS) {
    return "Bulk queries cannot contain more than 5 connections.";
  }
  if (findings.parentsWithoutId.length > 0) {
    return `The parent 'node' field for a nested connection must select the 'id' field without an alias and must be of 'ID' return type. Connection fields without 'id': ${unique(findings.parentsWithoutId)}.`;
  }
  return null;
}
