import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { ORDINARY_USER_AGENT } from "../../scripts/demo/install";
import { OTHER_SHOP, SHOP, startWeb, type WebUnderTest } from "../harness/web-app";
import {
  api,
  frameUrl,
  grantApp,
  install,
  openPage,
  rowCounts,
  sessionToken,
  webhookHeaders,
} from "../harness/web-requests";

let web: WebUnderTest;

beforeAll(async () => {
  web = await startWeb();
});
afterAll(() => web?.stop());
beforeEach(async () => {
  const empty = `TRUNCATE app_dashboard.accounts, app_dashboard.users,
    app_dashboard.shop_credentials, app_dashboard.sessions, app_dashboard.audit_log,
    staging_ingest.shopify_webhooks_raw CASCADE`;
  // The web may still be at work on what the test before delivered; Postgres then picks one of both.
  const deadlock = (error: { code?: string }) => {
    if (error.code !== "40P01") throw error;
    return web.db.admin.query(empty);
  };
  await web.db.admin.query(empty).catch(deadlock);
});

const rows = async (sql: string) => (await web.db.admin.query(sql)).rows;
const jobs = () =>
  rows(
    "SELECT job_type, status, error->>'code' AS code FROM app_dashboard.sync_jobs ORDER BY created_at",
  );

async function uninstall(id: string, at = new Date()): Promise<Response> {
  const body = JSON.stringify({ id: 1, domain: SHOP });
  return fetch(`${web.origin}/webhooks/app`, {
    method: "POST",
    headers: webhookHeaders(web, body, { topic: "app/uninstalled", id, at }),
    body,
  });
}

describe("the first visit", () => {
  it("makes account, shop, person and one queued history, and shows Home", async () => {
    const page = await install(web);
    expect(page.status).toBe(200);
    const html = await page.text();
    expect(html).toContain("Loading your order history");
    expect(html).toContain("Average order value");
    expect(await rows("SELECT kind FROM app_dashboard.accounts")).toEqual([{ kind: "MERCHANT" }]);
    expect(
      await rows(
        "SELECT shop_id, currency, iana_timezone, country_code, uninstalled_at FROM app_dashboard.shops",
      ),
    ).toEqual([
      {
        shop_id: SHOP,
        currency: "EUR",
        iana_timezone: "Europe/Berlin",
        country_code: expect.stringMatching(/^[A-Z]{2}$/),
        uninstalled_at: null,
      },
    ]);
    expect(await rows("SELECT role, is_default FROM app_dashboard.user_shops")).toEqual([
      { role: "STORE_USER", is_default: true },
    ]);
    expect(await jobs()).toEqual([{ job_type: "HISTORICAL_INIT", status: "QUEUED", code: null }]);
  });

  it("happens once, however many requests come first together", async () => {
    await grantApp(web);
    const urls = await Promise.all([1, 2, 3].map(() => frameUrl(web)));
    const pages = await Promise.all(urls.map((url) => openPage(url)));
    expect(pages.map(({ status }) => status)).toEqual([200, 200, 200]);
    await openPage(await frameUrl(web));
    const counts = await rowCounts(web);
    expect(counts).toMatchObject({
      "app_dashboard.accounts": 1,
      "app_dashboard.shops": 1,
      "app_dashboard.users": 1,
      "app_dashboard.sync_jobs": 1,
    });
  });

  it("exchanges one pair of tokens for all loaders of a page, and none on the next", async () => {
    const exchanges = async () => {
      const answer = await fetch(`${web.simulator}/_sim/requests`);
      const { requests } = (await answer.json()) as { requests: { path: string }[] };
      return requests.filter(({ path }) => path === "/admin/oauth/access_token").length;
    };
    const before = await exchanges();
    await install(web);
    expect((await exchanges()) - before).toBe(2);
    await openPage(await frameUrl(web));
    expect((await exchanges()) - before).toBe(2);
  });

  it("is made up for when a session outlived an install that failed", async () => {
    await install(web);
    await rows("DELETE FROM app_dashboard.shops");
    expect((await openPage(await frameUrl(web))).status).toBe(200);
    expect(await jobs()).toHaveLength(1);
  });
});

describe("trying again after a failure", () => {
  const tryAgain = async (headers: Record<string, string>) =>
    fetch(`${web.origin}/app.data?index`, {
      method: "POST",
      redirect: "manual",
      headers: { "User-Agent": ORDINARY_USER_AGENT, ...headers },
    });

  it("queues the history again, once, and for nobody without a session token", async () => {
    await install(web);
    await rows("UPDATE app_dashboard.sync_jobs SET status = 'FAILED', finished_at = now()");
    await tryAgain({});
    expect(await jobs()).toHaveLength(1);
    const bearer = { Authorization: `Bearer ${await sessionToken(web)}` };
    const answers = [await tryAgain(bearer), await tryAgain(bearer)];
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect((await jobs()).map(({ status }) => status)).toEqual(["FAILED", "QUEUED"]);
  });
});

describe("uninstalling", () => {
  it("forgets tokens and sessions, stops the job, and closes the API", async () => {
    await install(web);
    const token = await sessionToken(web);
    expect((await uninstall("u1")).status).toBe(200);
    expect(await rowCounts(web)).toMatchObject({
      "app_dashboard.shop_credentials": 0,
      "app_dashboard.sessions": 0,
      "app_dashboard.shops": 1,
    });
    expect(await jobs()).toEqual([
      { job_type: "HISTORICAL_INIT", status: "FAILED", code: "UNINSTALLED" },
    ]);
    await fetch(`${web.simulator}/_sim/shops/${SHOP}/uninstall`, { method: "POST" });
    expect((await api(web, `/api/shops/${SHOP}/metrics`, token)).status).toBe(401);
  });

  it("is heard from the stand-in's own delivery", async () => {
    await install(web, OTHER_SHOP);
    await fetch(`${web.simulator}/_sim/shops/${OTHER_SHOP}/uninstall`, { method: "POST" });
    await vi.waitFor(async () => {
      const [shop] = await rows("SELECT uninstalled_at FROM app_dashboard.shops");
      expect(shop.uninstalled_at).not.toBeNull();
    }, 5_000);
  });

  it("does no harm for a shop that nobody knows", async () => {
    expect((await uninstall("u2")).status).toBe(200);
    expect(await rowCounts(web)).toMatchObject({ "app_dashboard.shops": 0 });
  });

  it("can be taken back: the shop returns to its account, and its history is queued again", async () => {
    await install(web);
    await uninstall("u3");
    expect((await install(web)).status).toBe(200);
    expect(await rowCounts(web)).toMatchObject({ "app_dashboard.accounts": 1 });
    expect(await rows("SELECT uninstalled_at FROM app_dashboard.shops")).toEqual([
      { uninstalled_at: null },
    ]);
    expect((await jobs()).map(({ status }) => status)).toEqual(["FAILED", "QUEUED"]);
  });

  it("that comes late, after the return, changes nothing", async () => {
    await install(web);
    const before = await rowCounts(web);
    expect((await uninstall("u4", new Date(Date.now() - 3_600_000))).status).toBe(200);
    expect(await rowCounts(web)).toEqual({ ...before, "staging_ingest.shopify_webhooks_raw": 1 });
    expect((await jobs()).map(({ status }) => status)).toEqual(["QUEUED"]);
  });
});
