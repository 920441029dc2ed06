import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { OTHER_SHOP, SHOP, startWeb, type WebUnderTest } from "../harness/web-app";
import { install, rowCounts, webhookHeaders } from "../harness/web-requests";

let web: WebUnderTest;

beforeAll(async () => {
  web = await startWeb();
  await install(web);
});
afterAll(() => web?.stop());

const BODY = JSON.stringify({ previous: [], current: ["read_orders", "read_products"] });
const TOPIC = "app/scopes_update";

const post = (body: string, headers: Record<string, string>) =>
  fetch(`${web.origin}/webhooks/app`, { method: "POST", headers, body });

const stored = async () =>
  (await web.db.admin.query("SELECT * FROM staging_ingest.shopify_webhooks_raw")).rows;

describe("a webhook", () => {
  it("is stored and acted upon once, however often it is delivered", async () => {
    const headers = webhookHeaders(web, BODY, { topic: TOPIC, id: "once" });
    const answers = await Promise.all([1, 2, 3].map(() => post(BODY, headers)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    const rows = await stored();
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ shop_id: SHOP, topic: TOPIC, body: BODY });
    expect(rows[0].processed_at).not.toBeNull();
    expect(JSON.stringify(rows[0].headers)).not.toContain(headers["X-Shopify-Hmac-Sha256"]);
    const { rows: shops } = await web.db.admin.query("SELECT scopes FROM app_dashboard.shops");
    expect(shops).toEqual([{ scopes: "read_orders,read_products" }]);
  });

  it("is acted upon by a later delivery when the first got no further than being stored", async () => {
    await web.db.admin.query(
      "UPDATE staging_ingest.shopify_webhooks_raw SET processed_at = NULL; UPDATE app_dashboard.shops SET scopes = ''",
    );
    await post(BODY, webhookHeaders(web, BODY, { topic: TOPIC, id: "once" }));
    const { rows } = await web.db.admin.query("SELECT scopes FROM app_dashboard.shops");
    expect(rows).toEqual([{ scopes: "read_orders,read_products" }]);
  });

  it("acts on the shop that it names and on no other", async () => {
    const headers = webhookHeaders(web, BODY, { topic: TOPIC, id: "once", shop: OTHER_SHOP });
    expect((await post(BODY, headers)).status).toBe(200);
    const { rows } = await web.db.admin.query("SELECT shop_id FROM app_dashboard.shops");
    expect(rows).toEqual([{ shop_id: SHOP }]);
  });
});

describe("bulk_operations/finish", () => {
  const OPERATION = "gid://shopify/BulkOperation/1";
  const finish = async (operation: string) => {
    const body = JSON.stringify({ admin_graphql_api_id: operation, status: "completed" });
    const headers = webhookHeaders(web, body, { topic: "bulk_operations/finish", id: operation });
    return fetch(`${web.origin}/webhooks/data`, { method: "POST", headers, body });
  };
  const waiting = async () => {
    const { rows } = await web.db.admin.query(
      "SELECT run_after > now() AS waiting FROM app_dashboard.sync_jobs",
    );
    return rows[0].waiting as boolean;
  };

  it("wakes the job that waits for that operation, and for no other", async () => {
    await web.db.admin.query(
      "UPDATE app_dashboard.sync_jobs SET run_after = now() + interval '1 hour', checkpoint = $1",
      [{ orders: { id: OPERATION }, ledger: { id: null } }],
    );
    expect((await finish("gid://shopify/BulkOperation/2")).status).toBe(200);
    expect(await waiting()).toBe(true);
    expect((await finish(OPERATION)).status).toBe(200);
    expect(await waiting()).toBe(false);
  });
});

describe("a webhook about data", () => {
  const BIG = "9007199254740993";
  const send = (topic: string, body: string, id: string, event?: string) => {
    const headers = webhookHeaders(web, body, { topic, id, ...(event ? { event } : {}) });
    return fetch(`${web.origin}/webhooks/data`, { method: "POST", headers, body });
  };
  const marks = async () =>
    (
      await web.db.admin.query(
        "SELECT resource, id::text, deleted FROM staging_ingest.shopify_dirty d ORDER BY resource, d.id",
      )
    ).rows;
  beforeEach(async () => {
    await web.db.admin.query(
      "DELETE FROM staging_ingest.shopify_dirty; DELETE FROM staging_ingest.shopify_webhooks_raw",
    );
  });

  it.each([
    ["orders/create", `{"id":${BIG},"total_price":"1.00"}`],
    ["orders/updated", `{"id":${BIG}}`],
    ["orders/paid", `{"id":${BIG}}`],
    ["orders/cancelled", `{"id":${BIG}}`],
    ["orders/fulfilled", `{"id":${BIG}}`],
    ["orders/edited", `{"order_edit":{"id":1,"order_id":${BIG}}}`],
    ["refunds/create", `{"id":5,"order_id":${BIG}}`],
    ["order_transactions/create", `{"id":5,"order_id":${BIG}}`],
  ])("%s marks its order, whose id is above 2^53, and is done with", async (topic, body) => {
    expect((await send(topic, body, "one")).status).toBe(200);
    expect(await marks()).toEqual([{ resource: "ORDER", id: BIG, deleted: false }]);
    const [row] = await stored();
    expect(row).toMatchObject({ topic, body });
    expect(row.processed_at).not.toBeNull();
  });

  it("orders/delete is not forgotten by what comes late", async () => {
    await send("orders/delete", `{"id":${BIG}}`, "gone");
    await send("orders/updated", `{"id":${BIG}}`, "late");
    expect(await marks()).toEqual([{ resource: "ORDER", id: BIG, deleted: true }]);
  });

  it("shop/update marks the shop", async () => {
    await send("shop/update", '{"id":1,"name":"x"}', "shop");
    expect(await marks()).toEqual([{ resource: "SHOP", id: "0", deleted: false }]);
  });

  it("counts once, by its own id and by its event's", async () => {
    const body = `{"id":${BIG}}`;
    await Promise.all([1, 2, 3].map(() => send("orders/updated", body, "same", "event")));
    await send("orders/updated", body, "other", "event");
    await send("orders/paid", body, "third", "event");
    expect((await stored()).map(({ topic }) => topic).sort()).toEqual([
      "orders/paid",
      "orders/updated",
    ]);
    await web.db.admin.query("DELETE FROM staging_ingest.shopify_dirty");
    await send("orders/updated", body, "same", "event");
    expect(await marks()).toEqual([]);
  });

  it("is kept when nobody handles its topic, and marks nothing", async () => {
    expect((await send("carts/create", '{"id":"abc"}', "cart")).status).toBe(200);
    expect(await stored()).toHaveLength(1);
    expect(await marks()).toEqual([]);
  });

  it("is taken in bursts, none lost", async () => {
    const ids = Array.from({ length: 60 }, (_, n) => String(n + 1));
    const answers = await Promise.all(
      ids.map((id) => send("orders/updated", `{"id":${id}}`, `burst-${id}`)),
    );
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect((await marks()).map(({ id }) => id)).toEqual(ids);
  });

  it.each([
    ["orders/create", '{"id":"x"}'],
    ["orders/create", '{"id":-1}'],
    ["orders/create", '{"id":99999999999999999999}'],
    ["refunds/create", '{"id":1}'],
    ["orders/edited", '{"order_edit":null}'],
    ["shop/update", "[1]"],
  ])("%s with %s is refused", async (topic, body) => {
    expect((await send(topic, body, "odd")).status).toBe(400);
    expect(await marks()).toEqual([]);
  });
});

describe("a webhook that is not right", () => {
  const signed = (body: string) => webhookHeaders(web, body, { topic: TOPIC, id: "bad" });
  const cases: [string, number, () => Promise<Response>][] = [
    [
      "a forged signature",
      401,
      () => post(BODY, { ...signed(BODY), "X-Shopify-Hmac-Sha256": "Zm9yZ2Vk" }),
    ],
    ["a body changed on the way", 401, () => post(`${BODY} `, signed(BODY))],
    [
      "a signature that is not base64",
      401,
      () => post(BODY, { ...signed(BODY), "X-Shopify-Hmac-Sha256": "%%%" }),
    ],
    ["no signature", 400, () => post(BODY, without(signed(BODY), "X-Shopify-Hmac-Sha256"))],
    ["no shop", 400, () => post(BODY, without(signed(BODY), "X-Shopify-Shop-Domain"))],
    ["no topic", 400, () => post(BODY, without(signed(BODY), "X-Shopify-Topic"))],
    [
      "a shop that is no shop",
      400,
      () => post(BODY, { ...signed(BODY), "X-Shopify-Shop-Domain": "evil.example" }),
    ],
    ["a body that is not JSON", 400, () => post("{", signed("{"))],
    [
      "no JSON about an order",
      400,
      () => post("{", webhookHeaders(web, "{", { topic: "orders/create", id: "bad" })),
    ],
    ["JSON of another form", 400, () => post('{"current":1}', signed('{"current":1}'))],
    ["an empty body", 400, () => post("", signed(""))],
    ["six megabytes", 413, () => post("x".repeat(6 * 1024 * 1024), signed(BODY))],
    ["the wrong method", 405, () => fetch(`${web.origin}/webhooks/app`)],
  ];

  it.each(cases)("%s: %i, and nothing changes", async (_name, status, send) => {
    const before = await rowCounts(web);
    const answer = await send();
    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(await rowCounts(web)).toEqual(before);
  });
});

function without(headers: Record<string, string>, name: string): Record<string, string> {
  const { [name]: _left, ...rest } = headers;
  return rest;
}
