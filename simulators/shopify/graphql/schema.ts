import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import {
  buildClientSchema,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  type IntrospectionQuery,
  isObjectType,
} from "graphql";

export type AdminSchema = GraphQLSchema;

const DATA = new URL("../../../node_modules/@shopify/dev-mcp/dist/data/", import.meta.url);
const loaded = new Map<string, AdminSchema>();

/** The real Admin GraphQL schema of a version (npm `@shopify/dev-mcp`), read once per process. */
export function adminSchema(version = "2026-01"): AdminSchema {
  const known = loaded.get(version);
  if (known) return known;
  const file = new URL(`admin_${version}.json.gz`, DATA);
  const { data }: { data: IntrospectionQuery } = JSON.parse(
    gunzipSync(readFileSync(file)).toString("utf8"),
  );
  const schema = buildClientSchema(data);
  loaded.set(version, schema);
  return schema;
}

/** Whether a field of this type is a connection (edges, nodes, pageInfo). */
export function isConnection(type: GraphQLOutputType | GraphQLNamedType): boolean {
  const named = getNamedType(type);
  return isObjectType(named) && named.name.endsWith("Connection") && "edges" in named.getFields();
}

/** The type of a connection's nodes. */
export function nodeTypeOf(type: GraphQLOutputType): GraphQLNamedType {
  const connection = getNamedType(type);
  if (!isObjectType(connection)) throw new Error(`${connection.name} is no connection`);
  const edge = getNamedType(connection.getFields().edges?.type);
  const node = isObjectType(edge) ? edge.getFields().node : undefined;
  if (!node) throw new Error(`${connection.name} has no nodes`);
  return getNamedType(node.type);
}
