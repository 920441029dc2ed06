import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import { generateStore } from "../store/generate";
import { type Json, Running, SHOP } from "../testing/running";

const SCOPES = [
  "read_orders",
  "read_all_orders",
  "read_products",
  "read_customers",
  "read_inventory",
  "read_locations",
  "read_returns",
  "read_draft_orders",
  "read_gift_cards",
];
const store = generateStore({
  seed: 4,
  orders: 900,
  days: 200,
  now: new Date("2026-06-30T12:00:00Z"),
  domain: SHOP,
  plan: "plus",
  currency: "USD",
  ianaTimezone: "America/New_York",
});

let running: Running;
let token: string;
beforeEach(async () => {
  running = await Running.start({ stores: [{ kind: "given", store }] });
  token = await running.installed();
  await running.ask(`/shops/${SHOP}/scopes`, { scopes: SCOPES });
});
afterEach(() => running.stop());

const ask = async (query: string, variables: Json = {}) =>
  (await running.graphql(token, query, variables)) as { data: Json; errors?: Json[] };

const LISTS: [string, string][] = [
  ["customers", "id tags numberOfOrders orders(first: 1) { nodes { name } }"],
  [
    "products",
    'id collections(first: 3) { nodes { title } } metafields(first: 3) { nodes { key value } } metafield(namespace: "custom", key: "season") { value } variants(first: 3) { nodes { sku } }',
  ],
  ["productVariants", "id sku product { id } inventoryItem { id unitCost { amount } }"],
  [
    "inventoryItems",
    'id sku unitCost { amount } measurement { weight { value unit } } inventoryLevels(first: 3) { nodes { id location { name } quantities(names: ["available"]) { name quantity } } }',
  ],
  ["collections", "id title productsCount { count } products(first: 2) { nodes { id vendor } }"],
  [
    "draftOrders",
    "id name status totalPriceSet { shopMoney { amount } } order { id } lineItems(first: 3) { nodes { title quantity } }",
  ],
  ["locations", "id name isActive address { countryCode }"],
  ["giftCards", "id maskedCode initialValue { amount currencyCode } order { id }"],
];

describe("a list of the store", () => {
  test.each(LISTS)("%s is paged, counted and whole", async (name, fields) => {
    // The schema has no count of inventory items.
    const count = name === "inventoryItems" ? "" : `${name}Count { count precision }`;
    const query = `query($after: String) { ${name}(first: 2, after: $after) { nodes { ${fields} } pageInfo { hasNextPage endCursor } } ${count} }`;
    const first = await ask(query);
    expect(first.errors).toBeUndefined();
    const page = first.data[name] as { nodes: Json[]; pageInfo: { endCursor: string } };
    expect(page.nodes.length).toBeGreaterThan(0);
    const second = await ask(query, { after: page.pageInfo.endCursor });
    const next = second.data[name] as { nodes: Json[] };
    expect(next.nodes.some((one) => one.id === page.nodes[0]?.id)).toBe(false);
  });

  it("is searched by its own fields", async () => {
    const sku = (await ask("{ productVariants(first: 1) { nodes { sku } } }")).data as {
      productVariants: { nodes: { sku: string }[] };
    };
    const wanted = sku.productVariants.nodes[0]?.sku;
    const { data } = await ask(
      `{ inventoryItems(first: 5, query: "sku:'${wanted}'") { nodes { sku } } draftOrders(first: 9, query: "status:completed") { nodes { status } } }`,
    );
    expect(data.inventoryItems).toEqual({ nodes: [{ sku: wanted }] });
    const { nodes } = data.draftOrders as { nodes: Json[] };
    expect(new Set(nodes.map((one) => one.status))).toEqual(new Set(["COMPLETED"]));
  });

  it("answers with the tags of all products", async () => {
    const { data } = await ask("{ productTags(first: 2) { nodes edges { node } } }");
    expect(data.productTags).toEqual({
      nodes: ["bags", "gift cards"],
      edges: [{ node: "bags" }, { node: "gift cards" }],
    });
  });
});

describe("what stands inside an order", () => {
  it("is found by its own id: returns, refunds, fulfilments with their events", async () => {
    const record = store.heads
      .map((head) => store.records?.order(head.id))
      .find((one) => one?.returns.length && one.refunds.length && one.fulfillments.length);
    const id = (type: string, n: number | undefined) => `gid://shopify/${type}/${n}`;
    const { data, errors } = await ask(
      `{ return(id: "${id("Return", record?.returns[0]?.id)}") { name returnLineItems(first: 2) { nodes { quantity } } }
         refund(id: "${id("Refund", record?.refunds[0]?.id)}") { refundLineItems(first: 2) { nodes { quantity } } }
         fulfillment(id: "${id("Fulfillment", record?.fulfillments[0]?.id)}") { events(first: 5) { nodes { status happenedAt } } } }`,
    );
    expect(errors).toBeUndefined();
    expect(data.return).toMatchObject({ name: record?.returns[0]?.name });
    expect(data.fulfillment).toMatchObject({
      events: { nodes: [{ status: "CONFIRMED" }, {}, {}, {}] },
    });
  });
});

describe("a nested field", () => {
  it("needs its own scope, in pages and in bulk", async () => {
    await running.ask(`/shops/${SHOP}/scopes`, { withdraw: ["read_returns"] });
    const { data, errors } = await ask(
      "{ orders(first: 1) { nodes { name returns(first: 1) { nodes { id } } } } }",
    );
    // Every field on the way up is non-null: nothing is left of the answer.
    expect(data).toBeNull();
    expect(errors?.[0]).toMatchObject({ extensions: { code: "ACCESS_DENIED" } });
    await ask(
      'mutation { bulkOperationRunQuery(query: "{ orders { edges { node { id returns { edges { node { id } } } } } } }") { userErrors { message } } }',
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    const last = await ask("{ currentBulkOperation { status errorCode } }");
    expect(last.data).toEqual({
      currentBulkOperation: { status: "FAILED", errorCode: "ACCESS_DENIED" },
    });
  });
});

describe("a webhook subscription", () => {
  const CREATE =
    "mutation($topic: WebhookSubscriptionTopic!, $uri: String!) { webhookSubscriptionCreate(topic: $topic, webhookSubscription: { uri: $uri }) { webhookSubscription { id topic uri } userErrors { field message } } }";
  const uri = "https://app.example/hook";

  it("is made, listed, refused twice, and deleted", async () => {
    const made = await ask(CREATE, { topic: "ORDER_TRANSACTIONS_CREATE", uri });
    expect(made.data).toMatchObject({
      webhookSubscriptionCreate: {
        webhookSubscription: { topic: "ORDER_TRANSACTIONS_CREATE", uri },
        userErrors: [],
      },
    });
    const again = await ask(CREATE, { topic: "ORDER_TRANSACTIONS_CREATE", uri });
    expect(again.data).toMatchObject({
      webhookSubscriptionCreate: {
        webhookSubscription: null,
        userErrors: [{ message: "Address for this topic has already been taken" }],
      },
    });
    const list = "{ webhookSubscriptions(first: 5) { nodes { id topic } } }";
    const { webhookSubscriptions } = (await ask(list)).data as {
      webhookSubscriptions: { nodes: { id: string }[] };
    };
    expect(webhookSubscriptions.nodes).toHaveLength(1);
    await ask(
      "mutation($id: ID!) { webhookSubscriptionDelete(id: $id) { deletedWebhookSubscriptionId userErrors { message } } }",
      { id: webhookSubscriptions.nodes[0]?.id },
    );
    expect((await ask(list)).data).toEqual({ webhookSubscriptions: { nodes: [] } });
  });
});
