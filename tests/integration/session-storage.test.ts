import { randomBytes } from "node:crypto";
import { Session } from "@shopify/shopify-api";
import type { SessionStorage } from "@shopify/shopify-app-session-storage";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createSecretBox } from "~/lib/crypto.server";
import { createSessionStorage } from "~/tenancy/session-storage.server";
import { createTestDatabase, type TestDatabase } from "../harness/database";

const SHOP = "a.myshopify.com";
const OTHER = "b.myshopify.com";
const LATER = new Date(Date.now() + 3_600_000);
let database: TestDatabase;
let storage: SessionStorage;

const offline = (shop = SHOP, more: Partial<Session> = {}) =>
  new Session({
    id: `offline_${shop}`,
    shop,
    state: "",
    isOnline: false,
    scope: "read_orders,read_products",
    accessToken: "shpat_PLANTED",
    expires: LATER,
    refreshToken: "shprt_PLANTED",
    refreshTokenExpires: new Date(LATER.getTime() + 1000),
    ...more,
  });

const online = (userId = 7, shop = SHOP, expires = LATER) =>
  new Session({
    id: `${shop}_${userId}`,
    shop,
    state: "",
    isOnline: true,
    scope: "read_orders",
    accessToken: "shpua_PLANTED",
    expires,
    onlineAccessInfo: {
      expires_in: 86_399,
      associated_user_scope: "read_orders",
      associated_user: {
        id: userId,
        first_name: "Ann",
        last_name: "Planted",
        email: "PLANTED@example.com",
        email_verified: true,
        account_owner: false,
        locale: "de",
        collaborator: false,
      },
    },
  });

beforeAll(async () => {
  database = await createTestDatabase();
  const box = createSecretBox(`k:${randomBytes(32).toString("base64")}`);
  storage = createSessionStorage({ database: database.web, box });
});
beforeEach(async () => {
  await database.admin.query("DELETE FROM app_dashboard.shop_credentials");
  await database.admin.query("DELETE FROM app_dashboard.sessions");
});
afterAll(() => database.drop());

describe.each([
  ["offline", offline],
  ["online", () => online()],
])("an %s session", (_kind, make) => {
  test("comes back as it was stored", async () => {
    const session = make();
    expect(await storage.storeSession(session)).toBe(true);
    const loaded = await storage.loadSession(session.id);
    expect(loaded?.equals(session)).toBe(true);
    expect(loaded?.toPropertyArray(true)).toEqual(session.toPropertyArray(true));
  });

  test("is replaced by a later one of the same id", async () => {
    await storage.storeSession(make());
    const second = make();
    second.accessToken = "shpat_second";
    await storage.storeSession(second);
    expect((await storage.loadSession(second.id))?.accessToken).toBe("shpat_second");
    expect(await storage.findSessionsByShop(SHOP)).toHaveLength(1);
  });

  test("is gone after deleteSession, and deleting it twice is no error", async () => {
    const { id } = make();
    await storage.storeSession(make());
    expect(await storage.deleteSession(id)).toBe(true);
    expect(await storage.loadSession(id)).toBeUndefined();
    expect(await storage.deleteSession(id)).toBe(true);
  });

  test("is stored without its token or its user in clear", async () => {
    await storage.storeSession(make());
    const { rows } = await database.admin.query<{ whole: string }>(
      `SELECT encode(payload, 'escape') || sessions::text AS whole FROM app_dashboard.sessions
       UNION ALL SELECT encode(access_token || refresh_token, 'escape') || shop_credentials::text
       FROM app_dashboard.shop_credentials`,
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.whole).not.toMatch(/PLANTED/i);
  });
});

test("unknown ids, of whatever form, give nothing", async () => {
  for (const id of ["offline_x.myshopify.com", `${SHOP}_9`, "offline_", "", "d9b0-uuid"]) {
    expect(await storage.loadSession(id)).toBeUndefined();
  }
});

test("findSessionsByShop and deleteSessions keep to what they were asked for", async () => {
  await storage.storeSession(offline());
  await storage.storeSession(online(7));
  await storage.storeSession(online(8));
  await storage.storeSession(offline(OTHER));
  const ids = (await storage.findSessionsByShop(SHOP)).map(({ id }) => id).sort();
  expect(ids).toEqual([`${SHOP}_7`, `${SHOP}_8`, `offline_${SHOP}`]);
  await storage.deleteSessions([`${SHOP}_7`, `offline_${SHOP}`]);
  expect((await storage.findSessionsByShop(SHOP)).map(({ id }) => id)).toEqual([`${SHOP}_8`]);
  expect(await storage.findSessionsByShop(OTHER)).toHaveLength(1);
  expect(await storage.findSessionsByShop("none.myshopify.com")).toEqual([]);
});

test("the library's way of saying that a token was refused keeps the refresh token", async () => {
  await storage.storeSession(offline());
  await storage.storeSession(offline(SHOP, { accessToken: undefined }));
  const loaded = await storage.loadSession(`offline_${SHOP}`);
  expect(loaded?.accessToken).toBeUndefined();
  expect(loaded?.refreshToken).toBe("shprt_PLANTED");
  await storage.storeSession(offline(SHOP, { accessToken: "shpat_new" }));
  expect((await storage.loadSession(`offline_${SHOP}`))?.accessToken).toBe("shpat_new");
});

test("an older token never replaces a newer one", async () => {
  await storage.storeSession(offline());
  const older = new Date(LATER.getTime() - 60_000);
  await storage.storeSession(offline(SHOP, { accessToken: "shpat_old", expires: older }));
  expect((await storage.loadSession(`offline_${SHOP}`))?.accessToken).toBe("shpat_PLANTED");
});

test("a session whose id names another shop is refused", async () => {
  const forged = online(7, SHOP);
  forged.shop = OTHER;
  await expect(storage.storeSession(forged)).rejects.toMatchObject({ code: "SESSION_ID" });
});

test("expired online sessions of a shop are swept away by the next one", async () => {
  await storage.storeSession(online(7, SHOP, new Date(Date.now() - 1000)));
  await storage.storeSession(online(8));
  expect((await storage.findSessionsByShop(SHOP)).map(({ id }) => id)).toEqual([`${SHOP}_8`]);
});
