import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tenantDb } from "~/lib/tenant-db.server";
import { createApiToken } from "~/tenancy/api-tokens.server";
import { OTHER_SHOP, SHOP, startWeb, type WebUnderTest } from "../harness/web-app";
import { api, frameUrl, install, openPage, rowCounts, sessionToken } from "../harness/web-requests";

const UNKNOWN = "nobody.myshopify.com";
const RETRY = "x-shopify-retry-invalid-session-request";
const metricsOf = (shop: string, query = "") => `/api/shops/${shop}/metrics${query}`;

let web: WebUnderTest;
let apiToken: { id: string; token: string };
let before: Record<string, number>;

beforeAll(async () => {
  web = await startWeb();
  await install(web, SHOP);
  await install(web, OTHER_SHOP);
  const db = tenantDb(web.db.web, { kind: "shop", shopId: SHOP });
  apiToken = await createApiToken(db, { name: "test" });
  before = await rowCounts(web);
});
afterAll(() => web?.stop());

async function refusal(answer: Response) {
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  const body = (await answer.json()) as { status: number; detail: string };
  expect(body.status).toBe(answer.status);
  return { status: answer.status, detail: body.detail };
}

describe("the metrics API", () => {
  it("answers to a session token and to an API token alike", async () => {
    const path = metricsOf(SHOP, "?from=2026-01-01&to=2026-01-03");
    const bySession = await api(web, path, await sessionToken(web));
    const byToken = await api(web, path, apiToken.token);
    expect([bySession.status, byToken.status]).toEqual([200, 200]);
    const metrics = (await byToken.json()) as { daily: unknown[] };
    expect(metrics).toMatchObject({
      shop_id: SHOP,
      currency: "EUR",
      timezone: "Europe/Berlin",
      history_complete: false,
      complete_from: null,
      totals: { net_sales: null, orders: null, aov: null },
    });
    expect(metrics.daily).toHaveLength(3);
    expect(await bySession.json()).toEqual(metrics);
  });

  it.each([
    ["no token", undefined],
    ["an API token that was never made", "merit_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"],
    ["something that is no token", "hello"],
  ])("answers 401 to %s", async (_name, token) => {
    const answer = await api(web, metricsOf(SHOP), token);
    expect(answer.headers.get("www-authenticate")).toBe("Bearer");
    expect(await refusal(answer)).toMatchObject({ status: 401 });
  });

  it.each([
    ["expired", { expired: "1" }],
    ["forged", { secret: "not-the-secret" }],
    ["another app's", { key: "another-app" }],
  ] as const)("answers 401 to a session token that is %s", async (_name, odd) => {
    const answer = await api(web, metricsOf(SHOP), await sessionToken(web, SHOP, odd));
    expect(await refusal(answer)).toMatchObject({ status: 401 });
  });

  it("asks App Bridge for a fresh token when the session token is expired", async () => {
    const token = await sessionToken(web, SHOP, { expired: "1" });
    expect((await api(web, metricsOf(SHOP), token)).headers.get(RETRY)).toBe("1");
  });

  it("answers the same 404 for someone else's shop and for one that does not exist", async () => {
    const session = await sessionToken(web);
    const answers = await Promise.all(
      [session, apiToken.token].flatMap((token) =>
        [OTHER_SHOP, UNKNOWN].map(async (shop) => refusal(await api(web, metricsOf(shop), token))),
      ),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.status).toBe(404);
  });

  it.each([
    "?from=2026-02-30&to=2026-03-01",
    "?from=2026-03-02&to=2026-03-01",
    "?from=2026-03-02",
    "?to=yesterday",
    "?from=0001-01-01&to=2026-01-01",
    "?from=2026-01-01'--&to=2026-01-02",
  ])("answers 400 to the range %s", async (query) => {
    expect(await refusal(await api(web, metricsOf(SHOP, query), apiToken.token))).toMatchObject({
      status: 400,
    });
  });

  it("does not tell a caller without a token whether a range is bad", async () => {
    expect((await api(web, metricsOf(SHOP, "?from=x"))).status).toBe(401);
  });

  it("answers 401 once the API token is revoked", async () => {
    const { owner: _owner, admin } = web.db;
    await admin.query("UPDATE app_dashboard.api_tokens SET revoked_at = now() WHERE id = $1", [
      apiToken.id,
    ]);
    expect((await api(web, metricsOf(SHOP), apiToken.token)).status).toBe(401);
    await admin.query("UPDATE app_dashboard.api_tokens SET revoked_at = NULL");
  });

  it("has changed nothing by any of it", async () => {
    expect(await rowCounts(web)).toEqual(before);
  });
});

describe("pages", () => {
  it("send a browser without a session token over the bounce page, and let only the admin frame it", async () => {
    const url = new URL(await frameUrl(web));
    url.searchParams.delete("id_token");
    const away = await openPage(url.href);
    expect(away.status).toBe(302);
    const bounce = await openPage(new URL(away.headers.get("location") ?? "", web.origin).href);
    expect(bounce.status).toBe(200);
    expect(await bounce.text()).toContain(`${web.simulator}/shopifycloud/app-bridge.js`);
    expect(bounce.headers.get("content-security-policy")).toMatch(
      new RegExp(
        `^frame-ancestors ${web.simulator} https://${SHOP} https://admin\\.shopify\\.com `,
      ),
    );
  });

  it("bounce an expired token and refuse a forged one", async () => {
    const withToken = async (odd: { expired?: "1"; secret?: string }) => {
      const url = new URL(await frameUrl(web));
      url.searchParams.set("id_token", await sessionToken(web, SHOP, odd));
      const { status, headers } = await openPage(url.href);
      return { status, path: headers.get("location")?.split("?")[0] };
    };
    const bounced = { status: 302, path: "/auth/session-token" };
    expect(await withToken({ expired: "1" })).toEqual(bounced);
    expect(await withToken({ secret: "not-the-secret" })).toEqual(bounced);
  });

  it("answer 401 with the retry header to a data request whose token is bad", async () => {
    const token = await sessionToken(web, SHOP, { expired: "1" });
    const answer = await openPage(`${web.origin}/app.data`, { Authorization: `Bearer ${token}` });
    expect(answer.status).toBe(401);
    expect(answer.headers.get(RETRY)).toBe("1");
  });

  it("lead into the admin when opened outside it, and to help without a shop", async () => {
    const url = new URL(await frameUrl(web));
    url.searchParams.delete("embedded");
    const outside = await openPage(url.href);
    expect(outside.headers.get("location")).toMatch(
      new RegExp(`^${web.simulator}/store/one/apps/`),
    );
    const nobody = await openPage(`${web.origin}/app`);
    expect(nobody.headers.get("location")).toBe("/auth/login");
    const help = await openPage(`${web.origin}/auth/login`);
    expect(await help.text()).toContain("Open Merit from Shopify");
    expect(help.headers.get("content-security-policy")).toBe("frame-ancestors 'none';");
  });

  it("keep the range's problem on the page instead of failing", async () => {
    const url = await frameUrl(web, SHOP, "/app?range=custom&from=2026-02-31&to=x");
    const page = await openPage(url);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain("That date range could not be read");
  });
});
