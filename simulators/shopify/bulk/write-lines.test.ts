import { parse } from "graphql";
import { describe, expect, it } from "vitest";
import { adminSchema } from "../graphql/schema";
import { ShopData } from "../shop-data";
import { tinyStore } from "../testing/tiny-store";
import { planConnection } from "./plan";
import { lineWriter, NotHeldError } from "./write-lines";

const schema = adminSchema();
const store = tinyStore({ count: 2 });

function lines(query: string, grouped: boolean): string {
  const definition = parse(query).definitions[0];
  const field = definition?.kind === "OperationDefinition" && definition.selectionSet.selections[0];
  const root = schema.getQueryType();
  if (!field || !root || !("arguments" in field)) throw new Error("no query");
  const plan = planConnection({ schema, fragments: {} }, field, root);
  const roots = store.heads.map((head) => store.node(head.id)).filter((node) => node !== null);
  return lineWriter(new ShopData(store), plan, grouped).window(roots).join("");
}

const LEDGER = `{ orders { edges { node { id
  lineItems { edges { node { title id } } }
  agreements { edges { node { id sales { edges { node { __typename id ... on ProductSale { lineItem { id } } } } } } } }
} } } }`;

describe("lines of a result file", () => {
  it("follow the query's order, honour aliases, inline objects and lists, escape as recorded", () => {
    const query = `{ orders { edges { node { name label: tags id note
      totalPriceSet { shopMoney { amount currencyCode } } transactions { kind id } } } } }`;
    expect(lines(query, false).split("\n")[0]).toBe(
      String.raw`{"name":"#1001","label":["a\/b","c"],"id":"gid:\/\/shopify\/Order\/1000","note":null,"totalPriceSet":{"shopMoney":{"amount":"12.5","currencyCode":"USD"}},"transactions":[{"kind":"SALE","id":"gid:\/\/shopify\/OrderTransaction\/9"}]}`,
    );
  });

  it("stand beside their parent when grouped, its gid last", () => {
    expect(lines(LEDGER, true).split("\n").slice(0, 6)).toEqual([
      String.raw`{"id":"gid:\/\/shopify\/Order\/1000"}`,
      String.raw`{"title":"Salt \u0026 \u003cPepper\u003e","id":"gid:\/\/shopify\/LineItem\/10001","__parentId":"gid:\/\/shopify\/Order\/1000"}`,
      String.raw`{"title":"Mill","id":"gid:\/\/shopify\/LineItem\/10002","__parentId":"gid:\/\/shopify\/Order\/1000"}`,
      String.raw`{"id":"gid:\/\/shopify\/SalesAgreement\/1000","__parentId":"gid:\/\/shopify\/Order\/1000"}`,
      String.raw`{"__typename":"ProductSale","id":"gid:\/\/shopify\/Sale\/10001","lineItem":{"id":"gid:\/\/shopify\/LineItem\/10001"},"__parentId":"gid:\/\/shopify\/SalesAgreement\/1000"}`,
      String.raw`{"__typename":"TipSale","id":"gid:\/\/shopify\/Sale\/10002","__parentId":"gid:\/\/shopify\/SalesAgreement\/1000"}`,
    ]);
  });

  it("come after their parent but not beside it when not grouped, and are the same lines", () => {
    const apart = lines(LEDGER, false).trimEnd().split("\n");
    const grouped = lines(LEDGER, true).trimEnd().split("\n");
    expect([...apart].sort()).toEqual([...grouped].sort());
    expect(apart.slice(0, 2).every((line) => !line.includes("__parentId"))).toBe(true);
    const seen = new Set<string>();
    for (const line of apart) {
      const { id, __parentId: parent } = JSON.parse(line);
      if (parent) expect(seen).toContain(parent);
      seen.add(id);
    }
  });

  it("end in a new line and leave no key for a nested connection", () => {
    const text = lines(LEDGER, true);
    expect(text.endsWith("}\n")).toBe(true);
    expect(text).not.toContain("lineItems");
  });

  it("fail when the store lacks what is asked for", () => {
    expect(() => lines("{ orders { edges { node { id phone } } } }", true)).toThrow(NotHeldError);
  });
});
