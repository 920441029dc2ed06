import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tenantDb } from "~/lib/tenant-db.server";
import { type SyncStatusAnswer, syncStatusAnswer } from "~/sync/sync-status";
import { createApiToken } from "~/tenancy/api-tokens.server";
import { OTHER_SHOP, SHOP, startWeb, type WebUnderTest } from "../harness/web-app";
import { api, install, sessionToken } from "../harness/web-requests";

const UNKNOWN = "nobody.myshopify.com";
const pathOf = (shop: string) => `/api/shops/${shop}/sync-status`;

let web: WebUnderTest;
let token: string;

beforeAll(async () => {
  web = await startWeb({ MAX_STALENESS_MINUTES: "20" });
  await install(web, SHOP);
  await install(web, OTHER_SHOP);
  const db = tenantDb(web.db.web, { kind: "shop", shopId: SHOP });
  token = (await createApiToken(db, { name: "test" })).token;
});
afterAll(() => web?.stop());

async function shopify(): Promise<SyncStatusAnswer["platforms"][number]> {
  const answer = await api(web, pathOf(SHOP), token);
  const [first] = syncStatusAnswer.parse(await answer.json()).platforms;
  if (!first) throw new Error("no platform");
  return first;
}

describe("the sync status API", () => {
  it("answers to a session token and to an API token alike, of every platform", async () => {
    const answers = await Promise.all(
      [token, await sessionToken(web)].map((bearer) => api(web, pathOf(SHOP), bearer)),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(answers[0]?.headers.get("cache-control")).toBe("private, no-store");
    const [byToken, bySession] = await Promise.all(answers.map((answer) => answer.json()));
    expect(bySession).toEqual(byToken);
    expect(byToken).toEqual({
      shop_id: SHOP,
      max_staleness_minutes: 20,
      platforms: [
        {
          platform: "SHOPIFY",
          state: "backfilling",
          connected: true,
          paused_at: null,
          last_success_at: null,
          data_fresh_to: null,
          stale: true,
          running: {
            job_id: expect.any(String),
            job_type: "HISTORICAL_INIT",
            status: "QUEUED",
            phase: null,
            done: null,
            total: null,
            rate: null,
            records_synced: 0,
            started_at: null,
            first_light_at: null,
            seconds_left: null,
          },
          last_error: null,
          error_kind: null,
        },
        expect.objectContaining({ platform: "META", state: "disconnected", running: null }),
      ],
    });
  });

  it("tells progress with the time left, then success, then how old it is", async () => {
    const set = (columns: string) =>
      web.db.admin.query(`UPDATE app_dashboard.sync_jobs SET ${columns} WHERE shop_id = $1`, [
        SHOP,
      ]);
    await set(`status = 'IN_PROGRESS', started_at = now(), phase = 'TRANSFORM', done = 100,
      total = 1000, rate = 45`);
    expect((await shopify()).running).toMatchObject({ done: 100, total: 1000, seconds_left: 20 });
    await set("status = 'SUCCEEDED', finished_at = now()");
    expect(await shopify()).toMatchObject({ state: "fresh", stale: false, running: null });
    await set("finished_at = now() - interval '21 minutes'");
    expect(await shopify()).toMatchObject({ state: "stale", stale: true });
    await set(`status = 'FAILED', error_kind = 'NEEDS_USER',
      error = '{"code": "SHOPIFY_FORBIDDEN", "message": "no", "task": "t", "retryable": false}'`);
    expect(await shopify()).toMatchObject({
      state: "needs_user",
      last_error: { code: "SHOPIFY_FORBIDDEN", message: "no", task: "t", retryable: false },
      error_kind: "NEEDS_USER",
    });
  });

  it.each([
    ["no token", undefined],
    ["a token that was never made", "merit_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"],
  ])("answers 401 to %s", async (_name, bearer) => {
    const answer = await api(web, pathOf(SHOP), bearer);
    expect(answer.status).toBe(401);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
  });

  it("answers the same 404 for someone else's shop and for one that does not exist", async () => {
    const answers = await Promise.all(
      [OTHER_SHOP, UNKNOWN].map((shop) => api(web, pathOf(shop), token)),
    );
    expect(answers.map(({ status }) => status)).toEqual([404, 404]);
    const [other, unknown] = await Promise.all(answers.map((answer) => answer.text()));
    expect(other).toBe(unknown);
  });
});
