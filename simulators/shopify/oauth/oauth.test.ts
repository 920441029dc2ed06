import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { KEY, Running, SECRET, SHOP } from "../testing/running";

let now: Date;
let running: Running;
beforeEach(async () => {
  now = new Date("2026-06-30T12:00:00Z");
  running = await Running.start({ now: () => now });
  await running.sim(`/shops/${SHOP}/install`, { method: "POST" });
});
afterEach(() => running.stop());

const later = (seconds: number) => {
  now = new Date(now.getTime() + seconds * 1000);
};

async function exchanged(kind: "offline" | "online" = "offline") {
  const response = await running.exchange(await running.sessionToken(), kind);
  expect(response.status).toBe(200);
  return response.json();
}

function refresh(refreshToken: string) {
  return running.post("/admin/oauth/access_token", {
    client_id: KEY,
    client_secret: SECRET,
    refresh_token: refreshToken,
    grant_type: "refresh_token",
  });
}

async function isLive(token: string): Promise<boolean> {
  const path = "/admin/api/2026-01/graphql.json";
  const headers = { "x-shopify-access-token": token };
  const response = await running.post(path, { query: "{ shop { name } }" }, headers);
  if (response.status === 401) {
    expect(await response.json()).toEqual({
      errors: "[API] Invalid API key or access token (unrecognized login or wrong password)",
    });
  }
  return response.status === 200;
}

describe("token exchange", () => {
  it("gives an expiring offline token with its refresh token", async () => {
    const answer = await exchanged();
    expect(answer).toEqual({
      access_token: expect.stringMatching(/^shpat_[0-9a-f]{32}$/),
      scope:
        "read_orders,read_all_orders,read_products,read_customers,read_inventory,read_returns,read_reports",
      expires_in: 3600,
      refresh_token: expect.stringMatching(/^shprt_/),
      refresh_token_expires_in: 7_776_000,
    });
    expect(await isLive(answer.access_token)).toBe(true);
    later(3600);
    expect(await isLive(answer.access_token)).toBe(false);
  });

  it("names the person of an online token", async () => {
    const answer = await exchanged("online");
    expect(answer.expires_in).toBe(86_399);
    expect(answer.associated_user).toMatchObject({
      email: "owner@tiny.example",
      account_owner: true,
      email_verified: true,
      collaborator: false,
    });
    expect(answer.associated_user.id).toBeGreaterThan(2 ** 31);
  });

  it.each([
    ["an expired session token", "?expired=1"],
    ["one signed with another secret", "?secret=other"],
    ["one made for another app", "?key=other-app"],
  ])("refuses %s", async (_name, query) => {
    const response = await running.exchange(await running.sessionToken(query));
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ error: "invalid_subject_token" });
  });

  it("refuses a wrong client secret, and a shop without the app", async () => {
    const token = await running.sessionToken();
    const wrong = await running.exchange(token, "offline", { client_secret: "no" });
    expect(wrong.status).toBe(401);
    await running.sim(`/shops/${SHOP}/uninstall`, { method: "POST" });
    const gone = await running.exchange(token);
    expect(await gone.json()).toEqual({ error: "invalid_subject_token" });
  });
});

describe("refresh", () => {
  it("rotates both tokens; the old refresh token lives until the new one is used", async () => {
    const first = await exchanged();
    const second = await (await refresh(first.refresh_token)).json();
    expect(second.access_token).not.toBe(first.access_token);
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect(await isLive(second.access_token)).toBe(true);

    const again = await refresh(first.refresh_token);
    expect(again.status).toBe(200);
    const third = await again.json();

    expect((await refresh(third.refresh_token)).status).toBe(200);
    const spent = await refresh(first.refresh_token);
    expect(spent.status).toBe(400);
    expect(await spent.json()).toEqual({ error: "invalid_grant" });
  });

  it("ends after 90 days and with an uninstall", async () => {
    const first = await exchanged();
    const second = await exchanged();
    await running.sim(`/shops/${SHOP}/uninstall`, { method: "POST" });
    expect(await isLive(first.access_token)).toBe(false);
    expect((await refresh(second.refresh_token)).status).toBe(400);
    await running.sim(`/shops/${SHOP}/install`, { method: "POST" });
    const third = await exchanged();
    later(7_776_001);
    expect((await refresh(third.refresh_token)).status).toBe(400);
  });
});
