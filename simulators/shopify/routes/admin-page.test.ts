import { createHmac } from "node:crypto";
import { decodeJwt } from "jose";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { KEY, Running, SECRET, SHOP } from "../testing/running";

let running: Running;
beforeEach(async () => {
  running = await Running.start({ appUrl: "http://127.0.0.1:9/app" });
});
afterEach(() => running.stop());

const page = async (path = "") => {
  const response = await fetch(`${running.simulator.adminUrl(SHOP)}${path}`);
  return { status: response.status, html: await response.text() };
};
const frameOf = (html: string) =>
  new URL((/<iframe[^>]* data-src="([^"]+)"/.exec(html)?.[1] ?? "").replaceAll("&amp;", "&"));

describe("the admin page", () => {
  it("asks before it installs, and again after an uninstall", async () => {
    expect((await page()).html).toContain("Install Merit");
    expect((await page()).html).toContain("<li>View all orders</li>");
    const back = `/store/tiny/apps/${KEY}/app/settings`;
    const install = await fetch(`${running.simulator.origin}/_host/tiny/install`, {
      method: "POST",
      body: new URLSearchParams({ return_to: back }),
      redirect: "manual",
    });
    expect(install.status).toBe(303);
    expect(install.headers.get("location")).toBe(back);
    expect((await page()).html).toContain("<iframe");
    await fetch(`${running.simulator.origin}/_host/tiny/uninstall`, { method: "POST" });
    expect((await page()).html).toContain("Install Merit");
  });

  it("frames the app with Shopify's signed parameters and a fresh token", async () => {
    await running.installed();
    const frame = frameOf((await page()).html);
    expect(frame.origin + frame.pathname).toBe("http://127.0.0.1:9/app");
    const given = Object.fromEntries(frame.searchParams);
    expect(given).toMatchObject({ embedded: "1", shop: SHOP, locale: "en" });
    expect(Buffer.from(given.host ?? "", "base64").toString()).toBe("admin.shopify.com/store/tiny");
    expect(decodeJwt(given.id_token ?? "")).toMatchObject({
      iss: `https://${SHOP}/admin`,
      dest: `https://${SHOP}`,
      aud: KEY,
      sub: expect.any(String),
      sid: expect.any(String),
      jti: expect.any(String),
    });
    const { hmac, ...signed } = given;
    const message = Object.entries(signed)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => `${name}=${value}`)
      .join("&");
    expect(hmac).toBe(createHmac("sha256", SECRET).update(message).digest("hex"));
  });

  it("opens the app's page that its own address names, without stale parameters", async () => {
    await running.installed();
    const frame = frameOf((await page("/app/settings?tab=2&id_token=old&shop=other")).html);
    expect(frame.pathname).toBe("/app/settings");
    expect(frame.searchParams.get("tab")).toBe("2");
    expect(frame.searchParams.get("shop")).toBe(SHOP);
    expect(frame.searchParams.getAll("id_token")).not.toContain("old");
  });

  it("knows no other store or app, and gives no token where the app is not installed", async () => {
    const at = (path: string) => fetch(`${running.simulator.origin}${path}`);
    expect((await at(`/store/other/apps/${KEY}`)).status).toBe(404);
    expect((await at("/store/tiny/apps/other-app")).status).toBe(404);
    expect((await at("/_host/tiny/session-token")).status).toBe(404);
    await running.installed();
    const { token } = z
      .object({ token: z.string() })
      .parse(await (await at("/_host/tiny/session-token")).json());
    const { exp = 0, nbf = 0 } = decodeJwt(token);
    expect(exp - nbf).toBe(60);
  });

  it("answers for hosts by name: the API not at the CDN, the admin not at a shop", async () => {
    const script = await running.fetch("/shopifycloud/app-bridge.js", {}, "cdn.shopify.com");
    expect(await script.text()).toContain("window.shopify");
    const admin = await running.fetch(`/store/tiny/apps/${KEY}`, {}, "admin.shopify.com");
    expect(admin.status).toBe(200);
    expect((await running.fetch(`/store/tiny/apps/${KEY}`, {}, SHOP)).status).toBe(404);
  });
});

describe("/_sim", () => {
  it("gives the truth, a whole order a line", async () => {
    const text = await (await running.fetch(`/_sim/shops/${SHOP}/orders.jsonl`)).text();
    const orders = text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(orders.map((order) => order.name)).toEqual(["#1001", "#1002", "#1003"]);
    expect(orders[0].agreements[0].sales).toHaveLength(2);
  });

  it("logs what was asked, tokens masked", async () => {
    const token = await running.installed();
    await running.graphql(token, "query Named { shop { name } }");
    const log = JSON.stringify(await running.sim("/requests"));
    expect(log).toContain('"operation":"Named"');
    expect(log).not.toContain(token);
  });
});
