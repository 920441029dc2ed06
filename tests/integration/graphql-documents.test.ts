import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import {
  buildClientSchema,
  type GraphQLSchema,
  getNamedType,
  isListType,
  isNonNullType,
  parse,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from "graphql";
import { describe, expect, it } from "vitest";
import { BULK_DOCUMENTS, DOCUMENTS } from "~/connectors/shopify/documents";
import { DEFAULT_SCOPES } from "~/lib/env.server";
import { ADMIN_API_VERSION } from "~/lib/shopify-version";
import { documentedSchema } from "../../scripts/lib/shopify-fields/schema";

const data = new URL("../../node_modules/@shopify/dev-mcp/dist/data/", import.meta.url);

function schemaOf(version: string): GraphQLSchema {
  const packed = readFileSync(new URL(`admin_${version}.json.gz`, data));
  return buildClientSchema(JSON.parse(gunzipSync(packed).toString("utf8")).data);
}

const ALL = { ...DOCUMENTS, ...BULK_DOCUMENTS };

function brokenBy(version: string): Record<string, string[]> {
  const schema = schemaOf(version);
  const broken: Record<string, string[]> = {};
  for (const [name, text] of Object.entries(ALL)) {
    const errors = validate(schema, parse(text)).map((error) => error.message);
    if (errors.length > 0) broken[name] = errors;
  }
  return broken;
}

describe("every GraphQL document", () => {
  it("is valid against the schema of the version in use", () => {
    expect(brokenBy(ADMIN_API_VERSION)).toEqual({});
  });

  it.each(["2026-04", "2026-07", "2026-10"])(
    "names what %s would break: nothing so far",
    (next) => {
      expect(Object.keys(brokenBy(next))).toEqual([]);
    },
  );

  it("selects nothing that is deprecated in the version in use", () => {
    const schema = schemaOf(ADMIN_API_VERSION);
    const deprecated: string[] = [];
    for (const [name, text] of Object.entries(ALL)) {
      const types = new TypeInfo(schema);
      visit(
        parse(text),
        visitWithTypeInfo(types, {
          Field(node) {
            const reason = types.getFieldDef()?.deprecationReason;
            if (reason) deprecated.push(`${name}: ${node.name.value}`);
          },
        }),
      );
    }
    expect(deprecated).toEqual([]);
  });
});

const documented = documentedSchema();

/** `Type` or `Type.field` for which Shopify documents scopes of which the app asks for none. */
function outOfReach(text: string, asked: readonly string[]): string[] {
  const { schema, scopes } = documented;
  const types = new TypeInfo(schema);
  const found = new Set<string>();
  visit(
    parse(text),
    visitWithTypeInfo(types, {
      Field(node) {
        const parent = types.getParentType()?.name ?? "";
        for (const name of [`${parent}.${node.name.value}`, getNamedType(types.getType())?.name]) {
          const needed = scopes.get(name ?? "");
          if (needed && !needed.some((scope) => asked.includes(scope))) found.add(name ?? "");
        }
      },
    }),
  );
  return [...found];
}

describe("the scopes that the app asks for", () => {
  const all = DEFAULT_SCOPES.split(",");
  /** A shop keeps these for as long as it has the app; a newer one it may not have granted yet. */
  const first = ["read_orders", "read_customers", "read_products", "read_inventory"];

  it.each(Object.entries(ALL))("reach every field of %s", (_, text) => {
    expect(outOfReach(text, all)).toEqual([]);
  });

  it.each([...Object.entries(BULK_DOCUMENTS), ["OrdersPage", DOCUMENTS.OrdersPage ?? ""]])(
    "%s needs none that was asked for later: one refused field would fail it whole",
    (_, text) => {
      expect(outOfReach(text, first)).toEqual([]);
    },
  );

  it("would be found wanting where one is missing", () => {
    const text = "{ order(id: 1) { paymentTerms { id } refunds { return { id } } } }";
    expect(outOfReach(text, first)).toEqual(["PaymentTerms", "Return"]);
  });
});

interface Shape {
  connections: number;
  depth: number;
  inList: string[];
  withoutEdges: string[];
  withoutId: string[];
  topLevelNode: boolean;
}

/** What Shopify's bulk rules are about, counted in a query. */
function shapeOf(text: string): Shape {
  const types = new TypeInfo(schemaOf(ADMIN_API_VERSION));
  const shape: Shape = {
    connections: 0,
    depth: 0,
    inList: [],
    withoutEdges: [],
    withoutId: [],
    topLevelNode: false,
  };
  const path: Array<"connection" | "list" | "other"> = [];
  visit(
    parse(text),
    visitWithTypeInfo(types, {
      Field: {
        enter(node) {
          const type = types.getType();
          const bare = isNonNullType(type) ? type.ofType : type;
          const isConnection = String(bare).endsWith("Connection");
          const selected = node.selectionSet?.selections ?? [];
          const fields = selected.map((field) => (field.kind === "Field" ? field.name.value : ""));
          if (isConnection) {
            shape.connections += 1;
            if (path.includes("list")) shape.inList.push(node.name.value);
            if (!fields.includes("edges") || fields.includes("nodes")) {
              shape.withoutEdges.push(node.name.value);
            }
          }
          if (path.length === 0 && ["node", "nodes"].includes(node.name.value)) {
            shape.topLevelNode = true;
          }
          // `edges` is a list by its type, but belongs to its connection.
          const isList = isListType(bare) && node.name.value !== "edges";
          path.push(isConnection ? "connection" : isList ? "list" : "other");
          const depth = path.filter((step) => step === "connection").length - 1;
          shape.depth = Math.max(shape.depth, depth);
          const nests = selected.some(
            (field) => field.kind === "Field" && CONNECTIONS.has(field.name.value),
          );
          if (node.name.value === "node" && nests && !fields.includes("id")) {
            shape.withoutId.push(String(bare));
          }
        },
        leave() {
          path.pop();
        },
      },
    }),
  );
  return shape;
}

const CONNECTIONS = new Set([
  "lineItems",
  "shippingLines",
  "discountApplications",
  "agreements",
  "sales",
]);

describe("every bulk query", () => {
  it.each(Object.entries(BULK_DOCUMENTS))(
    "%s keeps to the limits of bulk operations",
    (_, text) => {
      const shape = shapeOf(text);
      expect(shape.connections).toBeGreaterThan(1);
      expect(shape.connections).toBeLessThanOrEqual(5);
      expect(shape.depth).toBeLessThanOrEqual(2);
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(65_535);
      expect({
        inList: shape.inList,
        withoutEdges: shape.withoutEdges,
        withoutId: shape.withoutId,
        topLevelNode: shape.topLevelNode,
      }).toEqual({ inList: [], withoutEdges: [], withoutId: [], topLevelNode: false });
    },
  );

  it("would be caught with a connection in a list or too many of them", () => {
    const bad = `{ orders { edges { node { refunds { refundLineItems { edges { node { id } } } }
      a: lineItems { edges { node { id } } } b: lineItems { edges { node { id } } }
      c: lineItems { nodes { id } } d: lineItems { edges { node { id } } } } } } }`;
    const shape = shapeOf(bad);
    expect(shape.connections).toBe(6);
    expect(shape.inList).toEqual(["refundLineItems"]);
    expect(shape.withoutEdges).toEqual(["lineItems"]);
    expect(shape.withoutId).toEqual(["Order"]);
  });
});
