import { isObjectType, parse } from "graphql";
import { describe, expect, it } from "vitest";
import { operationNode } from "../../simulators/shopify/bulk/api";
import { jsonText } from "../../simulators/shopify/bulk/json-text";
import { planConnection } from "../../simulators/shopify/bulk/plan";
import type { BulkOperationRecord } from "../../simulators/shopify/bulk/record";
import { lineWriter } from "../../simulators/shopify/bulk/write-lines";
import type { SimulatorContext } from "../../simulators/shopify/context";
import { actualCost, requestedCost } from "../../simulators/shopify/graphql/cost";
import { readDocument } from "../../simulators/shopify/graphql/document";
import { accessDenied } from "../../simulators/shopify/graphql/errors";
import { adminSchema } from "../../simulators/shopify/graphql/schema";
import { variableErrors } from "../../simulators/shopify/graphql/variables";
import { ShopData } from "../../simulators/shopify/shop-data";
import type { PlainNode } from "../../simulators/shopify/store/types";
import { tinyStore } from "../../simulators/shopify/testing/tiny-store";
import {
  type RecordedError,
  recordedExchanges,
  recordedLines,
  recordedText,
  recordingsAreThere,
} from "./recordings";

const there = recordingsAreThere("the stand-in against recorded answers of Shopify");
const schema = adminSchema();

/** What the stand-in says to a document, in the form of the recordings. */
function complaints(query: string, variables: Record<string, unknown> = {}): unknown[] {
  const read = readDocument(schema, query, null);
  const errors = Array.isArray(read) ? read : variableErrors(schema, read.operation, variables);
  return errors.map((error) => JSON.parse(JSON.stringify(error)));
}

describe.skipIf(!there)("errors of validation", () => {
  it("equal the recorded ones, place, path and code included", () => {
    const recorded = recordedExchanges().filter(
      ({ errors, data }) => errors && data === undefined && errors.every(isKnownToThisVersion),
    );
    expect(recorded.length).toBeGreaterThanOrEqual(10);
    for (const { query, variables, errors, file } of recorded) {
      expect(sortedEnums(complaints(query, variables)), file).toEqual(sortedEnums(errors));
    }
  });

  it.each([
    ["syntax error, unexpected end of file at [3, 5]", "query Q {\n  shop {\n    "],
    [
      "Field must have selections (field 'shop' returns Shop but has no selections. Did you mean 'shop { ... }'?)",
      "query GraphqlBaseValidationMissingSubselection {\n  shop\n}",
    ],
    [
      "Field 'definitelyNotAShopifyQueryRoot' doesn't exist on type 'QueryRoot'",
      "query GraphqlBaseValidationUnknownQueryRoot {\n  definitelyNotAShopifyQueryRoot\n}",
    ],
    [
      "Field 'definitelyNotAShopifyMutationRoot' doesn't exist on type 'Mutation'",
      "mutation GraphqlBaseValidationUnknownMutationRoot {\n  definitelyNotAShopifyMutationRoot\n}",
    ],
    [
      "Field 'definitelyNotAnOrderField' doesn't exist on type 'Order'",
      "query GraphqlBaseValidationUnknownOrderField {\n  orders(first: 1) {\n    nodes {\n      id\n      definitelyNotAnOrderField\n    }\n  }\n}",
    ],
    [
      "Field 'orderCreate' is missing required arguments: order",
      "mutation InlineMissingOrderArg {\n\n    orderCreate { order { id } }\n}",
    ],
  ])("%s", (message, document) => {
    const recorded = recordedErrors().find((error) => error.message === message);
    expect(recorded).toBeDefined();
    expect(complaints(document)).toContainEqual(recorded);
  });

  it("of access have the recorded parts", () => {
    const errors = recordedErrors().filter((error) =>
      /^Access denied for \w+ field\. Required access: `\w+` access scope\.$/.test(error.message),
    );
    expect(errors.length).toBeGreaterThan(5);
    for (const error of errors) {
      const [, field = "", scope = ""] =
        /^Access denied for (\w+) field\. Required access: `(\w+)`/.exec(error.message) ?? [];
      const ours = accessDenied(field, scope);
      expect(ours.message).toBe(error.message);
      expect(ours.extensions).toEqual(error.extensions);
    }
  });
});

describe.skipIf(!there)("cost", () => {
  it("is what Shopify charged, nearly always", () => {
    const priced = recordedExchanges().filter(({ cost, query }) => cost && operations(query) === 1);
    let [requested, actual] = [0, 0];
    for (const { query, variables, data, cost } of priced) {
      const read = parse(query);
      const operation = read.definitions.find((node) => node.kind === "OperationDefinition");
      if (!operation || !cost) continue;
      const fragments = Object.fromEntries(
        read.definitions.flatMap((node) =>
          node.kind === "FragmentDefinition" ? [[node.name.value, node]] : [],
        ),
      );
      const input = { schema, operation, fragments, variables };
      if (requestedCost(input) === cost.requestedQueryCost) requested += 1;
      if (actualCost(input, data) === cost.actualQueryCost) actual += 1;
    }
    expect(priced.length).toBeGreaterThan(400);
    expect(requested / priced.length).toBeGreaterThan(0.91);
    expect(actual / priced.length).toBeGreaterThan(0.85);
  });
});

describe.skipIf(!there)("bulk operations", () => {
  it("look like the recorded ones in every state", () => {
    const recorded = recordedLines<{ op: Record<string, unknown> }>("bulk_operation_objects.jsonl")
      .map(({ op }) => op)
      .filter((op) => op.type === "QUERY");
    expect(recorded.map((op) => op.status)).toEqual(["CREATED", "CANCELING"]);
    for (const op of recorded) {
      const record: BulkOperationRecord = {
        id: Number(String(op.id).split("/").at(-1)),
        status: op.status as BulkOperationRecord["status"],
        query: String(op.query),
        groupObjects: false,
        scopes: [],
        errorCode: null,
        failure: null,
        createdAt: Date.parse(String(op.createdAt)),
        completedAt: null,
        objectCount: 0,
        rootObjectCount: 0,
        fileSize: null,
        hash: null,
        urlExpiresAt: null,
      };
      const context = { now: () => new Date(), apiSecret: "x" } as SimulatorContext;
      const { __typename, ...ours } = operationNode(context, record);
      expect(ours).toEqual(op);
      expect(Object.keys(ours)).toEqual(Object.keys(op));
    }
  });

  it.each([
    [
      "01-bulk-operation-cold-catalog-hydration.jsonl",
      "{ products { edges { node { id title } } } }",
    ],
    [
      "02-bulk-operation-root-count-and-search-filters.jsonl",
      "{ products { edges { node { id title variants { edges { node { id title sku } } } media { edges { node { id alt mediaContentType } } } metafields { edges { node { id namespace key value } } } } } } }",
    ],
    [
      "03-bulk-operation-root-count-and-search-filters.jsonl",
      "{ productVariants { edges { node { id sku media { edges { node { id alt mediaContentType } } } metafields { edges { node { id namespace key value } } } } } } }",
    ],
    [
      "04-bulk-operation-run-query-group-objects.jsonl",
      "{ products { edges { node { id title } } } }",
    ],
  ])("write %s byte for byte from its own content", (file, query) => {
    const text = recordedText(`bulk-jsonl/${file}`);
    const lines = recordedLines<PlainNode>(`bulk-jsonl/${file}`);
    expect(lines.map((line) => `${jsonText(line)}\n`).join("")).toBe(text);

    const definition = parse(query).definitions[0];
    const root = schema.getQueryType();
    if (definition?.kind !== "OperationDefinition" || !root) throw new Error("no query");
    const field = definition.selectionSet.selections[0];
    if (field?.kind !== "Field") throw new Error("no field");
    const plan = planConnection({ schema, fragments: {} }, field, root);
    const writer = lineWriter(new ShopData(tinyStore()), plan, true);
    expect(writer.window(assembled(lines)).join("")).toBe(text);
  });
});

const CONNECTIONS: Record<string, string> = {
  ProductVariant: "variants",
  MediaImage: "media",
  Metafield: "metafields",
};

/** Lines as nested nodes again. */
function assembled(lines: PlainNode[]): PlainNode[] {
  const byId = new Map<unknown, PlainNode>();
  const roots: PlainNode[] = [];
  for (const { __parentId: parentId, ...line } of lines) {
    const node: PlainNode = { ...line, variants: [], media: [], metafields: [] };
    byId.set(line.id, node);
    const connection = CONNECTIONS[String(line.id).split("/")[3] ?? ""] ?? "";
    const siblings = byId.get(parentId)?.[connection];
    if (parentId && Array.isArray(siblings)) siblings.push(node);
    else roots.push(node);
  }
  return roots;
}

/** The recordings are of neighbouring versions: a field unknown there may exist in this one. */
function isKnownToThisVersion(error: RecordedError): boolean {
  const { code, typeName, fieldName } = error.extensions;
  if (code !== "undefinedField") return true;
  const type = schema.getType(String(typeName));
  return isObjectType(type) && !(String(fieldName) in type.getFields());
}

function recordedErrors(): RecordedError[] {
  return recordedLines<{ response: { errors?: RecordedError[] } }>("graphql_errors.jsonl").flatMap(
    ({ response }) => (Array.isArray(response.errors) ? response.errors : []),
  );
}

function operations(query: string): number {
  return parse(query).definitions.filter((node) => node.kind === "OperationDefinition").length;
}

/** Enum values are listed in the order of their version's schema. */
function sortedEnums(errors: unknown): unknown {
  const text = JSON.stringify(errors).replace(
    /to be one of: ([\w, ]+)/g,
    (_all, names: string) => `to be one of: ${names.split(", ").sort().join(", ")}`,
  );
  return JSON.parse(text);
}
