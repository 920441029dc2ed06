import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { buildClientSchema, type GraphQLSchema, type IntrospectionQuery } from "graphql";
import { z } from "zod";
import { ADMIN_API_VERSION } from "~/lib/shopify-version";

const DATA = new URL("../../../node_modules/@shopify/dev-mcp/dist/data/", import.meta.url);

const accessSchema = z.array(
  z.object({
    type: z.enum(["type", "field"]),
    typeName: z.string(),
    fieldName: z.string().nullish(),
    offlineScopes: z.array(z.string()),
  }),
);

export interface DocumentedSchema {
  schema: GraphQLSchema;
  /** Scopes of which one is needed, by `Type` or `Type.field`; nothing where none is documented. */
  scopes: ReadonlyMap<string, readonly string[]>;
}

/** The real schema of the version in use, with the scopes that Shopify documents. */
export function documentedSchema(): DocumentedSchema {
  const file = readFileSync(new URL(`admin_${ADMIN_API_VERSION}.json.gz`, DATA));
  const text: { data: IntrospectionQuery; offline_scopes: { items: unknown } } = JSON.parse(
    gunzipSync(file).toString("utf8"),
  );
  const scopes = new Map<string, readonly string[]>();
  for (const item of accessSchema.parse(text.offline_scopes.items)) {
    if (item.offlineScopes.length === 0) continue;
    const name = item.type === "type" ? item.typeName : `${item.typeName}.${item.fieldName}`;
    scopes.set(name, item.offlineScopes);
  }
  return { schema: buildClientSchema(text.data), scopes };
}
