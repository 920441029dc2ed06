import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { SimulatorOptions } from "../options";
import { ReceivingApp } from "../testing/receiving-app";
import { type Json, Running, SHOP } from "../testing/running";

const TOPICS = [
  "orders/create",
  "orders/updated",
  "orders/paid",
  "orders/cancelled",
  "orders/fulfilled",
  "orders/edited",
  "orders/delete",
  "refunds/create",
  "order_transactions/create",
  "fulfillments/create",
  "customers/create",
  "customers/update",
  "products/update",
  "inventory_items/update",
];
const NOW = new Date("2026-06-30T12:00:00Z");
const SOURCE: SimulatorOptions["stores"][number] = {
  kind: "generated",
  options: {
    seed: 3,
    orders: 40,
    days: 60,
    now: NOW,
    domain: SHOP,
    plan: "plus",
    currency: "USD",
    ianaTimezone: "America/New_York",
  },
};

let running: Running;
let app: ReceivingApp;
let stateDir: string;
afterEach(async () => {
  await running.stop();
  app.stop();
});

async function begin(options: Partial<SimulatorOptions> = {}): Promise<string> {
  app = await ReceivingApp.start(TOPICS);
  stateDir = mkdtempSync(join(tmpdir(), "sim-live-"));
  running = await start(options);
  return running.installed();
}

const start = (options: Partial<SimulatorOptions> = {}) =>
  Running.start({ stores: [SOURCE], stateDir, appToml: app.toml, appUrl: app.url, ...options });

interface Told {
  id: number;
  name: string;
  lines: { id: number; quantity: number }[];
  topics: string[];
}
const ask = async (path: string, body: Json = {}) =>
  (await running.ask(`/shops/${SHOP}${path}`, body)) as unknown as Told;
const place = async (seed: number) => {
  const { orders } = await running.ask(`/shops/${SHOP}/orders`, { seed });
  return (orders as Told[])[0] as Told;
};
/** A new order that is paid at once, so that all can happen to it. */
async function paidOrder(): Promise<Told> {
  for (let seed = 1; seed < 50; seed += 1) {
    const order = await place(seed);
    if (order.topics.includes("orders/paid") && order.topics.includes("customers/create")) {
      return order;
    }
  }
  throw new Error("no order was paid");
}
const truth = async () => {
  const response = await fetch(`${running.simulator.origin}/_sim/shops/${SHOP}/orders.jsonl`);
  return (await response.text()).trimEnd().split("\n");
};

describe("an order placed over /_sim", () => {
  it("is in every query and told by webhooks of one event", async () => {
    const token = await begin();
    const order = await paidOrder();
    const gid = `gid://shopify/Order/${order.id}`;
    const query = `{ order(id: "${gid}") { name createdAt customer { numberOfOrders } } orders(first: 1, reverse: true, sortKey: ID) { nodes { id } } ordersCount { count } }`;
    const { data } = await running.graphql<{ data: Json }>(token, query);
    expect(data).toMatchObject({
      order: { name: order.name, createdAt: "2026-06-30T12:00:00Z" },
      orders: { nodes: [{ id: gid }] },
    });
    expect(order.topics).toEqual([
      "customers/create",
      "orders/create",
      "order_transactions/create",
      "orders/paid",
      "orders/updated",
    ]);
    await app.untilAbout(order.id, 3);
    const mine = app.received.filter((one) => one.body.id === order.id);
    expect(mine.map((one) => one.topic).sort()).toEqual([
      "orders/create",
      "orders/paid",
      "orders/updated",
    ]);
    expect(new Set(mine.map((one) => one.headers["x-shopify-event-id"])).size).toBe(1);
  });

  it("has a body as REST writes it: numbers for ids, the shop's clock, lower case", async () => {
    await begin();
    const order = await paidOrder();
    await app.untilAbout(order.id, 1);
    const body = app.received.find((one) => one.body.id === order.id)?.body;
    expect(body).toMatchObject({
      id: order.id,
      admin_graphql_api_id: `gid://shopify/Order/${order.id}`,
      created_at: "2026-06-30T08:00:00-04:00",
      currency: "USD",
      financial_status: "paid",
      fulfillment_status: null,
      refunds: [],
      tags: "",
      total_price: expect.stringMatching(/^\d+\.\d\d$/),
      total_price_set: { shop_money: { currency_code: "USD" } },
    });
    expect(Object.keys(body ?? {})).toEqual(expect.arrayContaining(KEYS));
  });
});

/** The keys seen on a real payload (reference/shopify-api.md §5). */
const KEYS =
  "id admin_graphql_api_id app_id browser_ip buyer_accepts_marketing cancel_reason cancelled_at cart_token checkout_id checkout_token client_details closed_at company confirmation_number confirmed contact_email created_at currency current_shipping_price_set current_subtotal_price current_subtotal_price_set current_total_additional_fees_set current_total_discounts current_total_discounts_set current_total_duties_set current_total_price current_total_price_set current_total_tax current_total_tax_set customer_locale device_id discount_codes duties_included email estimated_taxes financial_status fulfillment_status landing_site landing_site_ref location_id merchant_business_entity_id merchant_of_record_app_id name note note_attributes number order_number order_status_url original_total_additional_fees_set original_total_duties_set payment_gateway_names phone po_number presentment_currency processed_at reference referring_site source_identifier source_name source_url subtotal_price subtotal_price_set tags tax_exempt tax_lines taxes_included test token total_cash_rounding_payment_adjustment_set total_cash_rounding_refund_adjustment_set total_discounts total_discounts_set total_line_items_price total_line_items_price_set total_outstanding total_price total_price_set total_shipping_price_set total_tax total_tax_set total_tip_received total_weight updated_at user_id billing_address customer discount_applications fulfillments line_items payment_terms refunds shipping_address shipping_lines returns".split(
    " ",
  );

describe("what happens to an order", () => {
  it("is told and kept: fulfilled, refunded, refused a second time", async () => {
    const token = await begin();
    const order = await paidOrder();
    expect((await ask(`/orders/${order.id}/fulfill`)).topics).toEqual([
      "fulfillments/create",
      "orders/fulfilled",
      "orders/updated",
    ]);
    const refund = await ask(`/orders/${order.id}/refund`);
    expect(refund.topics).toEqual([
      "refunds/create",
      "order_transactions/create",
      "orders/updated",
    ]);
    const query = `{ order(id: "gid://shopify/Order/${order.id}") { displayFulfillmentStatus refunds { refundLineItems(first: 9) { nodes { quantity } } } agreements(first: 9) { nodes { __typename sales(first: 9) { nodes { actionType } } } } } }`;
    const { data } = await running.graphql<{ data: Json }>(token, query);
    expect(data.order).toMatchObject({
      displayFulfillmentStatus: "FULFILLED",
      agreements: { nodes: [{ __typename: "OrderAgreement" }, { __typename: "RefundAgreement" }] },
    });
    expect(await ask(`/orders/${order.id}/fulfill`)).toMatchObject({
      error: expect.stringContaining("has been sent"),
    });
  });

  it("is edited, cancelled, and paid where it was owed", async () => {
    await begin();
    const order = await paidOrder();
    expect((await ask(`/orders/${order.id}/edit`, { kind: "add" })).topics).toEqual([
      "orders/edited",
      "orders/updated",
    ]);
    expect((await ask(`/orders/${order.id}/pay`)).topics).toEqual([
      "order_transactions/create",
      "orders/paid",
      "orders/updated",
    ]);
    const cancelled = await ask(`/orders/${order.id}/cancel`, { reason: "FRAUD" });
    expect(cancelled.topics).toContain("orders/cancelled");
    expect(await app.body("orders/cancelled")).toMatchObject({ cancel_reason: "fraud" });
    expect(await app.body("orders/edited")).toMatchObject({
      order_edit: { order_id: order.id, line_items: { additions: [{ delta: 1 }], removals: [] } },
    });
  });

  it("is deleted out of every query, and out of the truth", async () => {
    const token = await begin();
    const order = await paidOrder();
    const before = (await truth()).length;
    expect((await ask(`/orders/${order.id}/delete`)).topics).toEqual(["orders/delete"]);
    const query = `{ order(id: "gid://shopify/Order/${order.id}") { id } node(id: "gid://shopify/Order/${order.id}") { id } orders(first: 9, query: "id:${order.id}") { nodes { id } } ordersCount(limit: null) { count } }`;
    const { data } = await running.graphql<{ data: Json }>(token, query);
    expect(data).toEqual({
      order: null,
      node: null,
      orders: { nodes: [] },
      ordersCount: { count: before - 1 },
    });
    expect(await truth()).toHaveLength(before - 1);
    expect((await truth()).some((line) => line.includes(String(order.id)))).toBe(false);
  });
});

describe("the store", () => {
  it("is the same after a restart", async () => {
    await begin();
    const order = await paidOrder();
    await ask(`/orders/${order.id}/refund`);
    const { orders } = await running.ask(`/shops/${SHOP}/orders`, { count: 5 });
    await ask(`/orders/${(orders as Told[])[0]?.id}/delete`);
    const before = await truth();
    await running.stop();
    running = await start();
    expect(await truth()).toEqual(before);
    const next = await place(7);
    expect(before.some((line) => line.includes(String(next.id)))).toBe(false);
  });

  it("tells of costs, prices and people that change", async () => {
    const token = await begin();
    const { data } = await running.graphql<{
      data: { products: { nodes: { id: string }[] } };
    }>(token, "{ products(first: 1) { nodes { id } } }");
    const id = data.products.nodes[0]?.id.split("/").pop();
    expect((await ask(`/products/${id}`, { price: "12.50" })).topics).toEqual(["products/update"]);
    const { items } = await running.sim(`/shops/${SHOP}/unit-costs`);
    const item = (items as { inventory_item_id: number }[])[0]?.inventory_item_id;
    expect((await ask(`/inventory-items/${item}`, { cost: "4.20" })).topics).toEqual([
      "inventory_items/update",
    ]);
    expect(await app.body("products/update")).toMatchObject({ variants: [{ price: "12.50" }] });
    expect(await app.body("inventory_items/update")).toMatchObject({ id: item, cost: "4.20" });
  });

  it("gains and loses people who have ordered nothing", async () => {
    const token = await begin();
    expect((await ask("/customers", { email: "new@example.com" })).topics).toEqual([
      "customers/create",
    ]);
    const { id } = (await app.body("customers/create")) as { id: number };
    expect((await ask(`/customers/${id}`, { first_name: "Nova" })).topics).toEqual([
      "customers/update",
    ]);
    const query = `{ customer(id: "gid://shopify/Customer/${id}") { firstName email } }`;
    const { data } = await running.graphql<{ data: Json }>(token, query);
    expect(data).toEqual({ customer: { firstName: "Nova", email: "new@example.com" } });
    expect((await ask(`/customers/${id}/delete`)).topics).toEqual(["customers/delete"]);
    expect((await running.graphql<{ data: Json }>(token, query)).data).toEqual({ customer: null });
  });

  it("goes on selling while it is live", async () => {
    let now = NOW.getTime();
    await begin({ now: () => new Date(now) });
    const before = (await truth()).length;
    await running.ask(`/shops/${SHOP}/live`, { orders_per_minute: 10 });
    await new Promise((resolve) => setTimeout(resolve, 350));
    now += 120_000;
    await app.until(20);
    expect((await truth()).length).toBe(before + 20);
    expect(await running.sim(`/shops/${SHOP}/live`)).toEqual({
      orders_per_minute: 10,
      reached: new Date(now).toISOString(),
    });
  });
});
