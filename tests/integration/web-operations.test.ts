import { createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startWeb, type WebUnderTest } from "../harness/web-app";
import { api, frameUrl, install, openPage, sessionToken } from "../harness/web-requests";

let web: WebUnderTest;

beforeAll(async () => {
  web = await startWeb();
});
afterAll(() => web?.stop());

const readiness = async () => {
  const answer = await fetch(`${web.origin}/health/ready`);
  return { status: answer.status, body: await answer.json() };
};

describe("health", () => {
  it("is alive, and its database answers", async () => {
    expect(await (await fetch(`${web.origin}/health`)).json()).toEqual({ status: "ok" });
    expect(await (await fetch(`${web.origin}/api/health-lite`)).json()).toEqual({ db: "ok" });
  });

  it("is not ready without a worker, says so, and is ready with one", async () => {
    expect(await readiness()).toEqual({
      status: 503,
      body: { status: "not ready", parts: { database: "ok", queue: "ok", worker: "missing" } },
    });
    await web.db.admin.query(
      "INSERT INTO app_dashboard.worker_heartbeats (worker_id, at) VALUES ('w', now() - interval '5 minutes')",
    );
    expect((await readiness()).status).toBe(503);
    await web.db.admin.query("UPDATE app_dashboard.worker_heartbeats SET at = now()");
    expect((await readiness()).status).toBe(200);
  });
});

describe("an address where nothing is", () => {
  it("answers problem details under /api, a page elsewhere", async () => {
    const answer = await fetch(`${web.origin}/api/nothing/here`, { method: "POST" });
    expect(answer.status).toBe(404);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect((await openPage(`${web.origin}/nothing`)).status).toBe(404);
    expect((await fetch(`${web.origin}/assets/nothing.js`)).status).toBe(404);
  });
});

describe("files", () => {
  it("are kept for a year by browsers, and sent compressed", async () => {
    const html = await (await openPage(`${web.origin}/`)).text();
    const [file] = /\/assets\/[\w.-]+\.css/.exec(html) ?? [];
    const answer = await fetch(`${web.origin}${file}`, { headers: { "Accept-Encoding": "gzip" } });
    expect(answer.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(answer.headers.get("content-encoding")).toBe("gzip");
  });
});

describe("the log", () => {
  it("names request and shop, and holds no secret that was planted", async () => {
    const planted = "s3cr3t-planted";
    await install(web);
    const good = await sessionToken(web);
    const url = new URL(await frameUrl(web));
    const hmac = createHmac("sha256", planted).update("x").digest("hex");
    url.searchParams.set("hmac", hmac);
    url.searchParams.set("session", `${planted}-session`);
    url.searchParams.set("something_new", `${planted}-new`);
    await openPage(url.href, {
      Cookie: `sid=${planted}-cookie`,
      Authorization: `Bearer ${planted}-bearer`,
      "X-Request-Id": "request-12345678",
    });
    await openPage(`${web.origin}/app.data?id_token=${good}`);
    await api(
      web,
      `/api/shops/one.myshopify.com/metrics?token=${planted}-token`,
      `merit_${planted}`,
    );
    const { rows } = await web.db.admin.query(
      "SELECT encode(access_token, 'escape') AS stored FROM app_dashboard.shop_credentials",
    );
    // An answer may be here before its line in the log.
    await expect.poll(web.output).toContain("/api/shops/one.myshopify.com/metrics");
    await expect.poll(web.output).toContain('"request_id":"request-12345678"');
    const log = web.output();
    expect(log).toContain("shop=one.myshopify.com");
    for (const secret of [
      planted,
      good,
      hmac,
      url.searchParams.get("id_token") ?? "",
      web.apiSecret,
    ]) {
      expect(log.includes(secret), `${secret.slice(0, 12)}… stands in the log`).toBe(false);
    }
    expect(log).not.toMatch(/shp(at|rt)_|eyJ[\w-]{10}/);
    expect(rows).toHaveLength(1);
    expect(rows[0].stored).not.toMatch(/shpat_/);
  });
});

describe("stopping", () => {
  it("says so and leaves with 0 on SIGTERM", async () => {
    expect(await web.signal("SIGTERM")).toBe(0);
    await expect.poll(web.output).toContain("web is stopping");
  });
});
