import { describe, expect, it } from "vitest";
import { adminSchema } from "../graphql/schema";
import { validateBulkQuery } from "./validate";

function refusal(query: string): string | null {
  const result = validateBulkQuery(adminSchema(), query);
  return "refusal" in result ? result.refusal : null;
}

const edges = (inner: string) => `edges { node { ${inner} } }`;

describe("bulk queries are refused in Shopify's words", () => {
  it.each([
    [
      "a query that breaks off",
      "{ orders {",
      "Invalid bulk query: syntax error, unexpected end of file",
    ],
    [
      "a mutation",
      'mutation { bulkOperationCancel(id: "gid://shopify/BulkOperation/1") { userErrors { message } } }',
      "Invalid operation type. Only `query` operations are supported.",
    ],
    [
      "contents selected by nodes",
      "{ orders { nodes { id } } }",
      "All connection fields in a bulk query must select their contents using 'edges' > 'node', e.g: 'orders { edges { node {'. Selecting via 'nodes' is not supported. Invalid connection fields: 'orders'.",
    ],
    [
      "a top level node",
      `{ node(id: "gid://shopify/Order/1") { id } }`,
      "Bulk queries cannot contain a top level `node` field.",
    ],
    [
      "six connections",
      `{ a: orders { ${edges("id")} } b: orders { ${edges("id")} } c: orders { ${edges("id")} } d: orders { ${edges("id")} } e: orders { ${edges("id")} } f: orders { ${edges("id")} } }`,
      "Bulk queries cannot contain more than 5 connections.",
    ],
    [
      "a parent without id",
      `{ products { ${edges(`title variants { ${edges("id")} }`)} } }`,
      "The parent 'node' field for a nested connection must select the 'id' field without an alias and must be of 'ID' return type. Connection fields without 'id': products.",
    ],
    [
      "a parent with an aliased id",
      `{ products { ${edges(`mine: id variants { ${edges("id")} }`)} } }`,
      "The parent 'node' field for a nested connection must select the 'id' field without an alias and must be of 'ID' return type. Connection fields without 'id': products.",
    ],
    [
      "a connection inside a list",
      `{ orders { ${edges(`id refunds { id refundLineItems { ${edges("quantity")} } }`)} } }`,
      "Queries that contain a connection field within a list field are not currently supported.",
    ],
    ["no connection", "{ shop { name } }", "Bulk queries must contain at least one connection."],
    [
      "too many bytes",
      `{ orders { ${edges("id")} } }`.padEnd(65_536),
      "Query is too large (65536 bytes; maximum is 65535 bytes)",
    ],
  ])("%s", (_name, query, text) => {
    expect(refusal(query)).toBe(text);
  });

  it("refuses three levels of connections below a root", () => {
    const sales = `sales { ${edges("id")} }`;
    const deep = `{ customers { ${edges(`id orders { ${edges(`id agreements { ${edges(`id ${sales}`)} }`)} }`)} } }`;
    expect(refusal(deep)).toBe(
      "Bulk queries cannot contain connections with a nesting depth greater than 2.",
    );
  });

  it("accepts the ledger query: three connections, two below the root", () => {
    const sales = `sales { ${edges("id quantity")} }`;
    expect(
      refusal(`{ orders { ${edges(`id agreements { ${edges(`id ${sales}`)} }`)} } }`),
    ).toBeNull();
  });

  it("sees connections behind fragments", () => {
    const query = `{ orders { edges { node { ...Parts } } } } fragment Parts on Order { id lineItems { nodes { id } } }`;
    expect(refusal(query)).toContain("Invalid connection fields: 'lineItems'.");
  });
});
