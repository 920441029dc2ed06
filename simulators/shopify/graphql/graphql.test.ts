import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Running, SHOP } from "../testing/running";

let running: Running;
let token: string;
beforeAll(async () => {
  running = await Running.start();
  token = await running.installed();
});
afterAll(() => running.stop());

interface Answer {
  data?: Record<string, never> | null;
  errors?: { message: string; path?: unknown; extensions: { code: string } }[];
  extensions?: { cost: { requestedQueryCost: number; actualQueryCost: number }; search?: unknown };
}
const ask = (query: string, variables = {}) => running.graphql<Answer>(token, query, variables);

describe("queries", () => {
  it("answer what the shop is", async () => {
    const { data } = await ask(
      "{ shop { myshopifyDomain currencyCode ianaTimezone plan { shopifyPlus } billingAddress { countryCodeV2 } } currentAppInstallation { accessScopes { handle } } }",
    );
    expect(data).toMatchObject({
      shop: {
        myshopifyDomain: SHOP,
        currencyCode: "USD",
        ianaTimezone: "America/New_York",
        plan: { shopifyPlus: false },
        billingAddress: { countryCodeV2: "US" },
      },
      currentAppInstallation: { accessScopes: expect.arrayContaining([{ handle: "read_orders" }]) },
    });
  });

  it("page through orders, both ways", async () => {
    const page = (after: string | null, reverse: boolean) =>
      ask(
        "query($after: String, $reverse: Boolean) { orders(first: 2, after: $after, reverse: $reverse, sortKey: UPDATED_AT) { edges { cursor node { name } } pageInfo { hasNextPage hasPreviousPage endCursor } } }",
        { after, reverse },
      );
    for (const [reverse, names] of [
      [false, ["#1001", "#1002", "#1003"]],
      [true, ["#1003", "#1002", "#1001"]],
    ] as const) {
      const seen: string[] = [];
      let after: string | null = null;
      for (let turn = 0; turn < 2; turn += 1) {
        const { orders } = JSON.parse(JSON.stringify((await page(after, reverse)).data));
        seen.push(...orders.edges.map((edge: { node: { name: string } }) => edge.node.name));
        expect(orders.pageInfo.hasNextPage).toBe(turn === 0);
        expect(orders.pageInfo.hasPreviousPage).toBe(turn === 1);
        const cursor = JSON.parse(Buffer.from(orders.pageInfo.endCursor, "base64").toString());
        expect(Object.keys(cursor)).toEqual(["last_id", "last_value"]);
        after = orders.pageInfo.endCursor;
      }
      expect(seen).toEqual(names);
    }
  });

  it("count exactly, and up to a limit", async () => {
    const { data } = await ask(
      "{ all: ordersCount(limit: null) { count precision } some: ordersCount(limit: 2) { count precision } old: ordersCount(query: \"created_at:<'2026-06-28T13:00:00Z'\") { count } }",
    );
    expect(data).toEqual({
      all: { count: 3, precision: "EXACT" },
      some: { count: 2, precision: "AT_LEAST" },
      old: { count: 2 },
    });
  });

  it("complete a cut-down customer from the whole one, and cut lists to first", async () => {
    const { data, errors } = await ask(
      `{ order(id: "gid://shopify/Order/1000") { legacyResourceId customer { email orders(first: 5) { nodes { name } } } transactions(first: 0) { id } } missing: order(id: "gid://shopify/Order/1") { id } }`,
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      order: {
        legacyResourceId: "1000",
        customer: {
          email: "buyer0@example.com",
          orders: { nodes: [{ name: "#1001" }, { name: "#1003" }] },
        },
        transactions: [],
      },
      missing: null,
    });
  });

  it("warn about an unknown search field and match everything", async () => {
    const { data, extensions } = await ask(
      `{ found: orders(first: 5, query: "colour:red") { nodes { id } } }`,
    );
    expect(JSON.parse(JSON.stringify(data)).found.nodes).toHaveLength(3);
    expect(extensions?.search).toEqual([
      {
        path: ["found"],
        query: "colour:red",
        parsed: { field: "colour", match_all: "red" },
        warnings: [
          {
            field: "colour",
            message: "Invalid search field for this query.",
            code: "invalid_field",
          },
        ],
      },
    ]);
  });
});

describe("errors", () => {
  it.each([
    ["{ orders { nodes { id } } }", "you must provide one of first or last", "BAD_REQUEST"],
    [
      `{ orders(first: 1, query: "created_at:>x") { nodes { id } } }`,
      "Invalid timestamp for query filter `created_at`.",
      "BAD_REQUEST",
    ],
    [`{ orders(first: 1, after: "x") { nodes { id } } }`, "Malformed cursor", "BAD_REQUEST"],
    [
      "{ orders(first: 1) { nodes { phone } } }",
      "The stand-in does not hold Order.phone",
      "STAND_IN_DOES_NOT_HOLD",
    ],
    [
      "{ abandonedCheckouts(first: 1) { nodes { id } } }",
      "The stand-in does not hold QueryRoot.abandonedCheckouts",
      "STAND_IN_DOES_NOT_HOLD",
    ],
  ])("%s", async (query, message, code) => {
    const { errors } = await ask(query);
    expect(errors?.[0]).toMatchObject({ message, extensions: { code } });
  });

  it("of validation come without data", async () => {
    expect(await ask("query Q { orders(first: 1) { nodes { colour } } }")).toEqual({
      errors: [
        {
          message: "Field 'colour' doesn't exist on type 'Order'",
          locations: [{ line: 1, column: 38 }],
          path: ["query Q", "orders", "nodes", "colour"],
          extensions: { code: "undefinedField", typeName: "Order", fieldName: "colour" },
        },
      ],
    });
  });

  it("of access name the scope, and old orders are hidden without read_all_orders", async () => {
    const scoped = async (scopes: string[]) => {
      const shop = await Running.start({ now: () => new Date("2026-08-27T00:00:00Z") });
      try {
        const own = await shop.installed();
        const state = await shop.sim(`/shops/${SHOP}`);
        expect(state.installed).toBe(true);
        await shop.sim(`/shops/${SHOP}/scopes`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ scopes }),
        });
        return await shop.graphql<Answer>(own, "{ ordersCount { count } }");
      } finally {
        await shop.stop();
      }
    };
    const denied = await scoped(["read_products"]);
    expect(denied.data).toEqual({ ordersCount: null });
    expect(denied.errors?.[0]).toMatchObject({
      message: "Access denied for ordersCount field. Required access: `read_orders` access scope.",
      path: ["ordersCount"],
      extensions: {
        code: "ACCESS_DENIED",
        documentation: "https://shopify.dev/api/usage/access-scopes",
        requiredAccess: "`read_orders` access scope.",
      },
    });
    expect((await scoped(["read_orders"])).data).toEqual({ ordersCount: { count: 2 } });
    expect((await scoped(["read_orders", "read_all_orders"])).data).toEqual({
      ordersCount: { count: 3 },
    });
  });

  it("answer 404 for a shop that is not there", async () => {
    const init = { method: "POST", body: "{}", headers: { "content-type": "application/json" } };
    const response = await running.fetch(
      "/admin/api/2026-01/graphql.json",
      init,
      "no.myshopify.com",
    );
    expect(response.status).toBe(404);
  });
});
