import { createHmac } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import { type Json, KEY, Running, SECRET, SHOP } from "../testing/running";

const APP = "http://127.0.0.1:9";
const QUERY = {
  client_id: KEY,
  scope: "read_orders,read_products",
  redirect_uri: `${APP}/auth/callback`,
  state: "nonce-1",
};

let running: Running;
afterEach(() => running.stop());

const page = (query: Record<string, string> = QUERY) =>
  running.fetch(`/admin/oauth/authorize?${new URLSearchParams(query)}`);
const consent = (query: Record<string, string> = QUERY) =>
  running.fetch("/admin/oauth/authorize", { method: "POST", body: new URLSearchParams(query) });
const spend = (code: string, more: Json = {}) =>
  running.post("/admin/oauth/access_token", {
    client_id: KEY,
    client_secret: SECRET,
    code,
    ...more,
  });
async function code(query: Record<string, string> = QUERY): Promise<string> {
  const location = new URL((await consent(query)).headers.get("location") ?? "");
  return location.searchParams.get("code") ?? "";
}

describe("the redirect flow", () => {
  it("asks, then goes back to the app with a signed code", async () => {
    running = await Running.start();
    expect(await (await page()).text()).toContain("read_products");
    const answer = await consent();
    expect(answer.status).toBe(302);
    const { origin, pathname, searchParams } = new URL(answer.headers.get("location") ?? "");
    expect(`${origin}${pathname}`).toBe(`${APP}/auth/callback`);
    expect(Object.fromEntries(searchParams)).toMatchObject({ shop: SHOP, state: "nonce-1" });
    const hmac = searchParams.get("hmac");
    searchParams.delete("hmac");
    const message = [...searchParams].map(([name, value]) => `${name}=${value}`).join("&");
    expect(hmac).toBe(createHmac("sha256", SECRET).update(message).digest("hex"));
  });

  it("turns a code into a token once", async () => {
    running = await Running.start();
    const given = await code();
    const first = (await (await spend(given)).json()) as Json;
    expect(first).toEqual({
      access_token: expect.stringMatching(/^shpat_/),
      scope: "read_orders,read_products",
    });
    expect((await spend(given)).status).toBe(400);
    const { data } = await running.graphql<{ data: Json }>(
      String(first.access_token),
      "{ ordersCount { count } }",
    );
    expect(data).toEqual({ ordersCount: { count: 3 } });
  });

  it("gives an expiring token, or a person's, where asked for", async () => {
    running = await Running.start();
    const expiring = (await (await spend(await code(), { expiring: "1" })).json()) as Json;
    expect(expiring.refresh_token).toMatch(/^shprt_/);
    const online = await spend(await code({ ...QUERY, "grant_options[]": "per-user" }));
    expect(await online.json()).toMatchObject({ associated_user: { account_owner: true } });
  });

  it("sends no code to a stranger and knows no other app", async () => {
    running = await Running.start();
    const stranger = await page({ ...QUERY, redirect_uri: "https://evil.example/" });
    expect([stranger.status, await stranger.text()]).toEqual([
      400,
      "Oauth error invalid_request: The redirect_uri is not whitelisted",
    ]);
    expect((await consent({ ...QUERY, client_id: "other" })).status).toBe(400);
  });
});

describe("what the shop lets the app see", () => {
  it("is granted and withdrawn while the app is installed", async () => {
    running = await Running.start();
    const token = await running.installed();
    await running.ask(`/shops/${SHOP}/scopes`, { withdraw: ["read_customers"] });
    const query =
      "{ orders(first: 1) { nodes { id customer { id } } } customers(first: 1) { nodes { id } } }";
    const answer = await running.graphql<{ data: Json; errors: { message: string }[] }>(
      token,
      query,
    );
    expect(answer.errors.map((error) => error.message)).toContain(
      "Access denied for customer field. Required access: `read_customers` access scope.",
    );
    await running.ask(`/shops/${SHOP}/scopes`, { grant: ["read_customers"] });
    expect(await running.graphql(token, query)).not.toHaveProperty("errors");
  });

  it("holds no personal fields without level 2, and no customers without level 1", async () => {
    running = await Running.start();
    const token = await running.installed();
    await running.ask(`/shops/${SHOP}/protected-data`, { level: 1 });
    const query = "{ customers(first: 1) { nodes { id email numberOfOrders } } }";
    expect(await running.graphql(token, query)).toMatchObject({
      data: { customers: { nodes: [{ email: null, numberOfOrders: "2" }] } },
      errors: [{ extensions: { code: "ACCESS_DENIED" }, path: ["customers", "nodes", 0, "email"] }],
    });
    const sales = await running.graphql(
      token,
      '{ shopifyqlQuery(query: "FROM sales SHOW orders") { parseErrors } }',
    );
    expect(sales).toMatchObject({ errors: [{ extensions: { code: "ACCESS_DENIED" } }] });
    await running.ask(`/shops/${SHOP}/protected-data`, { level: 0 });
    expect(await running.graphql(token, query)).toMatchObject({
      errors: [{ message: expect.stringContaining("is not approved to access the customers") }],
    });
  });

  it("can be given back by the app where it was optional", async () => {
    running = await Running.start();
    const token = await running.installed();
    const revoke =
      "mutation($scopes: [String!]!) { appRevokeAccessScopes(scopes: $scopes) { revoked { handle } userErrors { code } } }";
    expect(await running.graphql(token, revoke, { scopes: ["read_orders"] })).toMatchObject({
      data: {
        appRevokeAccessScopes: {
          revoked: null,
          userErrors: [{ code: "CANNOT_REVOKE_REQUIRED_SCOPES" }],
        },
      },
    });
  });
});
