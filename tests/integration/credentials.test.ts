import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { createSecretBox } from "~/lib/crypto.server";
import { NeedsUserError, RetryableError } from "~/lib/errors";
import { tenantDb } from "~/lib/tenant-db.server";
import {
  dropAccessToken,
  getAccessToken,
  readTokens,
  storeTokens,
  type TokenAnswer,
} from "~/tenancy/credentials.server";
import { createTestDatabase, type TestDatabase } from "../harness/database";

const SHOP = "a.myshopify.com";
const NOW = new Date("2026-11-20T12:00:00Z");
const inMinutes = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
const key = (id: string) => `${id}:${randomBytes(32).toString("base64")}`;
const oldKey = key("old");
const box = createSecretBox(oldKey);

let database: TestDatabase;
const web = () => tenantDb(database.web, { kind: "shop", shopId: SHOP });
const worker = () => tenantDb(database.worker, { kind: "shop", shopId: SHOP });

const tokens = (name: string, minutes: number): TokenAnswer => ({
  accessToken: `shpat_${name}`,
  refreshToken: `shprt_${name}`,
  scopes: "read_orders",
  expiresAt: inMinutes(minutes),
  refreshExpiresAt: inMinutes(90 * 24 * 60),
});

const stored = async (minutes: number) => {
  expect(await storeTokens(web(), tokens("first", minutes), { box })).toBe(true);
};

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.admin.query("DELETE FROM app_dashboard.shop_credentials");
});
afterAll(() => database.drop());

describe("getAccessToken", () => {
  test("gives a token that lasts as it is, and refreshes one that ends within 5 minutes", async () => {
    const refresh = vi.fn(async () => tokens("second", 60));
    await stored(6);
    expect(await getAccessToken(worker(), { refresh, now: NOW, box })).toBe("shpat_first");
    expect(refresh).not.toHaveBeenCalled();
    expect(await getAccessToken(worker(), { refresh, now: inMinutes(2), box })).toBe(
      "shpat_second",
    );
    expect(refresh).toHaveBeenCalledExactlyOnceWith("shprt_first");
    expect(await readTokens(web(), { box })).toEqual(tokens("second", 60));
  });

  test("20 callers in two processes make one refresh", async () => {
    await stored(1);
    const refresh = vi.fn(async () => {
      await new Promise((done) => setTimeout(done, 150));
      return tokens("second", 60);
    });
    const given = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        getAccessToken(index % 2 ? web() : worker(), { refresh, now: NOW, box }),
      ),
    );
    expect(new Set(given)).toEqual(new Set(["shpat_second"]));
    expect(refresh).toHaveBeenCalledTimes(1);
  });

  test("a lost answer costs nothing: the old refresh token is tried again", async () => {
    await stored(-1);
    const refresh = vi
      .fn<(token: string) => Promise<TokenAnswer>>()
      .mockRejectedValueOnce(new RetryableError("cut off", { code: "SHOPIFY_UNREACHABLE" }))
      .mockResolvedValueOnce(tokens("second", 60));
    await expect(getAccessToken(worker(), { refresh, now: NOW, box })).rejects.toThrow("cut off");
    expect(await getAccessToken(worker(), { refresh, now: NOW, box })).toBe("shpat_second");
    expect(refresh.mock.calls).toEqual([["shprt_first"], ["shprt_first"]]);
  });

  test("while Shopify cannot answer, a token that still lives is used", async () => {
    await stored(3);
    const refresh = async () => {
      throw new RetryableError("busy", { code: "SHOPIFY_UNAVAILABLE" });
    };
    expect(await getAccessToken(worker(), { refresh, now: NOW, box })).toBe("shpat_first");
  });

  test("the lease of a dead process is waited for and then taken over", async () => {
    await stored(-1);
    await database.admin.query(
      "UPDATE app_dashboard.shop_credentials SET lease_owner = 'dead', lease_until = now() + interval '400 ms'",
    );
    const started = Date.now();
    const refresh = vi.fn(async () => tokens("second", 60));
    expect(await getAccessToken(worker(), { refresh, now: NOW, box })).toBe("shpat_second");
    expect(Date.now() - started).toBeGreaterThan(350);
  });

  test("a dead refresh token needs the user", async () => {
    await stored(-1);
    const refresh = async () => {
      throw new NeedsUserError("dead", { code: "SHOPIFY_RECONNECT" });
    };
    await expect(getAccessToken(worker(), { refresh, now: NOW, box })).rejects.toThrow(
      NeedsUserError,
    );
  });

  test("a refresh that fails because the app was opened meanwhile gives the newer token", async () => {
    await stored(-1);
    const refresh = async () => {
      await storeTokens(web(), tokens("exchanged", 60), { box });
      throw new NeedsUserError("dead", { code: "SHOPIFY_RECONNECT" });
    };
    expect(await getAccessToken(worker(), { refresh, now: NOW, box })).toBe("shpat_exchanged");
  });

  test("an answer does not replace tokens that changed while it was under way", async () => {
    await stored(-1);
    const refresh = async () => {
      await storeTokens(web(), tokens("exchanged", 90), { box });
      return tokens("late", 60);
    };
    expect(await getAccessToken(worker(), { refresh, now: NOW, box })).toBe("shpat_exchanged");
    expect(await readTokens(web(), { box })).toEqual(tokens("exchanged", 90));
  });

  test.each([
    ["no tokens at all", null],
    ["nothing to refresh with", { ...tokens("x", -1), refreshToken: null }],
    ["a refresh token past its life", { ...tokens("x", -1), refreshExpiresAt: inMinutes(-1) }],
  ])("with %s the user is needed, and Shopify is not asked", async (_case, given) => {
    if (given) await storeTokens(web(), given, { box });
    const refresh = vi.fn();
    await expect(getAccessToken(worker(), { refresh, now: NOW, box })).rejects.toMatchObject({
      name: "NeedsUserError",
      code: "SHOPIFY_RECONNECT",
    });
    expect(refresh).not.toHaveBeenCalled();
  });

  test("a token that does not expire is given for ever", async () => {
    const permanent = { ...tokens("custom", 0), refreshToken: null, expiresAt: null };
    await storeTokens(web(), { ...permanent, refreshExpiresAt: null }, { box });
    const refresh = vi.fn();
    expect(await getAccessToken(worker(), { refresh, now: NOW, box })).toBe("shpat_custom");
  });
});

describe("storeTokens", () => {
  test("the later to expire wins", async () => {
    await storeTokens(web(), tokens("newer", 60), { box });
    expect(await storeTokens(worker(), tokens("slow", 50), { box })).toBe(false);
    expect((await readTokens(web(), { box }))?.accessToken).toBe("shpat_newer");
  });

  test("dropAccessToken forgets the refused token, and never a newer one", async () => {
    await storeTokens(web(), tokens("newer", 60), { box });
    await dropAccessToken(web(), inMinutes(50));
    expect((await readTokens(web(), { box }))?.accessToken).toBe("shpat_newer");
    await dropAccessToken(web(), inMinutes(60));
    expect(await readTokens(web(), { box })).toMatchObject({
      accessToken: null,
      refreshToken: "shprt_newer",
    });
  });
});

describe("encryption", () => {
  test("the table holds neither token, and names the key", async () => {
    await stored(60);
    const { rows } = await database.admin.query(
      "SELECT shop_credentials::text AS whole, access_token, refresh_token, key_id FROM app_dashboard.shop_credentials",
    );
    const [row] = rows;
    expect(row.key_id).toBe("old");
    const bytes = `${row.whole}${row.access_token.toString("latin1")}${row.refresh_token.toString("latin1")}`;
    expect(bytes).not.toMatch(/shp[ar]t_/);
  });

  test("after a key rotation the old row opens, and the next refresh moves it to the new key", async () => {
    await stored(1);
    const rotated = createSecretBox(`${key("new")},${oldKey}`);
    expect((await readTokens(web(), { box: rotated }))?.accessToken).toBe("shpat_first");
    const refresh = async () => tokens("second", 60);
    await getAccessToken(worker(), { refresh, now: NOW, box: rotated });
    const { rows } = await database.admin.query(
      "SELECT key_id FROM app_dashboard.shop_credentials",
    );
    expect(rows).toEqual([{ key_id: "new" }]);
    expect((await readTokens(web(), { box: rotated }))?.accessToken).toBe("shpat_second");
  });

  test.each([
    ["another shop's row", "shop_id = 'b.myshopify.com'"],
    ["another column", "access_token = refresh_token"],
  ])("a value moved to %s does not open", async (_case, change) => {
    await stored(60);
    await database.admin.query(`UPDATE app_dashboard.shop_credentials SET ${change}`);
    const { rows } = await database.admin.query(
      "SELECT shop_id FROM app_dashboard.shop_credentials",
    );
    const db = tenantDb(database.web, { kind: "shop", shopId: rows[0].shop_id });
    await expect(readTokens(db, { box })).rejects.toMatchObject({ code: "CREDENTIALS_UNREADABLE" });
  });
});
