import { createHmac } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { Running, SECRET, SHOP } from "../testing/running";

interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

let running: Running | null = null;
let app: Server | null = null;
afterEach(async () => {
  await running?.stop();
  app?.closeAllConnections();
  app?.close();
});

const TOML = `
[access_scopes]
scopes = "read_orders"
[webhooks]
api_version = "2026-01"
[[webhooks.subscriptions]]
topics = ["app/uninstalled", "app/scopes_update"]
uri = "/webhooks/app"
[[webhooks.subscriptions]]
topics = ["orders/create", "bulk_operations/finish"]
uri = "/webhooks/data"
[[webhooks.subscriptions]]
compliance_topics = ["shop/redact"]
uri = "/webhooks/compliance"
`;

/** An app that answers with these statuses in turn, the last one for ever. */
async function begin(statuses: number[]): Promise<Received[]> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const status = statuses[Math.min(received.length, statuses.length - 1)] ?? 200;
    received.push({ path: request.url ?? "", headers: request.headers, body });
    response.writeHead(status).end();
  });
  app = server;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const appToml = join(mkdtempSync(join(tmpdir(), "sim-toml-")), "shopify.app.toml");
  writeFileSync(appToml, TOML);
  const { port } = server.address() as AddressInfo;
  running = await Running.start({ appToml, appUrl: `http://127.0.0.1:${port}` });
  return received;
}

async function until(condition: () => boolean): Promise<void> {
  for (let turn = 0; turn < 200 && !condition(); turn += 1) await sleep(10);
  expect(condition()).toBe(true);
}

const send = (topic: string, body: unknown) =>
  running?.sim(`/shops/${SHOP}/webhooks`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ topic, body }),
  });

describe("webhooks", () => {
  it("carry Shopify's headers and a signature over the raw body", async () => {
    const received = await begin([200]);
    await send("orders/create", { id: 1, note: "ü" });
    await until(() => received.length === 1);
    const [webhook] = received;
    expect(webhook?.path).toBe("/webhooks/data");
    expect(webhook?.headers).toMatchObject({
      "x-shopify-topic": "orders/create",
      "x-shopify-shop-domain": SHOP,
      "x-shopify-api-version": "2026-01",
      "x-shopify-webhook-id": expect.stringMatching(/^[0-9a-f-]{36}$/),
      "x-shopify-event-id": expect.any(String),
      "x-shopify-triggered-at": "2026-06-30T12:00:00.000Z",
      "x-shopify-hmac-sha256": createHmac("sha256", SECRET)
        .update(webhook?.body ?? "", "utf8")
        .digest("base64"),
    });
  });

  it("are sent again after a refusal, with the same id and body", async () => {
    const received = await begin([500, 302, 200]);
    await send("orders/create", { id: 1 });
    await until(() => received.length === 3);
    await sleep(30);
    expect(received).toHaveLength(3);
    expect(new Set(received.map((one) => one.headers["x-shopify-webhook-id"])).size).toBe(1);
    expect(new Set(received.map((one) => one.body)).size).toBe(1);
    expect(await running?.sim("/webhooks")).toMatchObject({
      deliveries: [
        { delivered: true, attempts: [{ status: 500 }, { status: 302 }, { status: 200 }] },
      ],
    });
  });

  it("tell of an uninstall, of compliance topics, and nothing nobody subscribed to", async () => {
    const received = await begin([200]);
    await running?.installed();
    await send("products/update", {});
    await running?.sim(`/shops/${SHOP}/uninstall`, { method: "POST" });
    await send("shop/redact", { shop_id: 77, shop_domain: SHOP });
    await until(() => received.length === 2);
    expect(received.map((one) => `${one.path} ${one.headers["x-shopify-topic"]}`)).toEqual([
      "/webhooks/app app/uninstalled",
      "/webhooks/compliance shop/redact",
    ]);
  });

  it("announce the end of a bulk operation", async () => {
    const received = await begin([200]);
    const token = (await running?.installed()) ?? "";
    await running?.graphql(
      token,
      `mutation { bulkOperationRunQuery(query: "{ orders { edges { node { id } } } }") { bulkOperation { id } } }`,
    );
    await until(() => received.length === 1);
    expect(JSON.parse(received[0]?.body ?? "")).toEqual({
      admin_graphql_api_id: "gid://shopify/BulkOperation/7749099000001",
      completed_at: "2026-06-30T12:00:00.000Z",
      created_at: "2026-06-30T12:00:00.000Z",
      error_code: null,
      status: "completed",
      type: "query",
    });
  });
});

describe("a webhook with a fault", () => {
  const ids = (received: Received[]) => received.map((one) => JSON.parse(one.body).id);

  it("comes twice with one id", async () => {
    const received = await begin([200]);
    await running?.fault({ kind: "webhook_duplicate", match: "orders/create" });
    await send("orders/create", { id: 1 });
    await until(() => received.length === 2);
    expect(new Set(received.map((one) => one.headers["x-shopify-webhook-id"])).size).toBe(1);
    expect(new Set(received.map((one) => one.headers["x-shopify-event-id"])).size).toBe(1);
  });

  it("comes after a later one", async () => {
    const received = await begin([200]);
    await running?.fault({ kind: "webhook_reorder", ms: 5_000 });
    await send("orders/create", { id: 1 });
    await send("orders/create", { id: 2 });
    await until(() => received.length === 2);
    expect(ids(received)).toEqual([2, 1]);
  });

  it("comes late, or never", async () => {
    const received = await begin([200]);
    await running?.fault({ kind: "webhook_delay", ms: 60 });
    await running?.fault({ kind: "webhook_drop", match: "orders" });
    for (const id of [1, 2, 3]) await send("orders/create", { id });
    await until(() => received.length === 2);
    expect(ids(received)).toEqual([3, 1]);
    expect(await running?.sim("/webhooks")).toMatchObject({
      deliveries: [{ delivered: true }, { delivered: false, attempts: [] }, { delivered: true }],
    });
  });
});
