import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSecretBox } from "~/lib/crypto.server";
import { NeedsUserError } from "~/lib/errors";
import { type TenantDb, tenantDb } from "~/lib/tenant-db.server";
import { readTokens } from "~/tenancy/credentials.server";
import {
  forgetMetaLogin,
  type MetaLogin,
  metaConnection,
  readMetaToken,
  selectAdAccount,
  storeMetaLogin,
} from "~/tenancy/meta-connection.server";
import { consumeOauthState, createOauthState } from "~/tenancy/oauth-states.server";
import { createTestDatabase, seedShop, type TestDatabase } from "../harness/database";

const SHOP = "one.myshopify.com";
const OTHER = "two.myshopify.com";
const USER = "8c1a3d52-6f1e-4f7c-9d7e-3d2f1a0b9c8d";
const box = createSecretBox(`k1:${randomBytes(32).toString("base64")}`);

let database: TestDatabase;
let db: TenantDb;
let other: TenantDb;
beforeAll(async () => {
  database = await createTestDatabase();
  await seedShop(database, SHOP);
  await seedShop(database, OTHER);
  db = tenantDb(database.web, { kind: "shop", shopId: SHOP });
  other = tenantDb(database.web, { kind: "shop", shopId: OTHER });
});
afterAll(() => database?.drop());

const account = (id: string, currency = "EUR") => ({
  adAccountId: id,
  name: `Account ${id}`,
  currency,
  ianaTimezone: "Europe/Berlin",
  accountStatus: 1,
});
const login = (more: Partial<MetaLogin> = {}): MetaLogin => ({
  accessToken: "EAAtoken",
  expiresAt: new Date("2027-01-01T00:00:00Z"),
  scopes: ["ads_read"],
  accounts: [account("act_1"), account("act_2")],
  ...more,
});
const store = (of: TenantDb, shopId: string, more: Partial<MetaLogin> = {}) =>
  of.tx((tx) => storeMetaLogin(tx, shopId, login(more), { box }));
const chosen = async () =>
  (await metaConnection(db, SHOP))?.accounts
    .filter(({ selected }) => selected)
    .map(({ adAccountId }) => adAccountId);

describe("the state of a login", () => {
  const begin = (now?: Date) =>
    createOauthState(db, { shopId: SHOP, userId: USER, platform: "META" }, now);

  it("names its shop and person once, also when two ask at the same instant", async () => {
    const state = await begin();
    const answers = await Promise.all([
      consumeOauthState(database.web, state),
      consumeOauthState(database.web, state),
    ]);
    expect(answers.filter(Boolean)).toEqual([{ shopId: SHOP, userId: USER }]);
    expect(await consumeOauthState(database.web, state)).toBeNull();
  });

  it("is worth nothing when it is unknown or older than ten minutes", async () => {
    const old = await begin(new Date(Date.now() - 11 * 60_000));
    expect(await consumeOauthState(database.web, old)).toBeNull();
    expect(await consumeOauthState(database.web, "made-up")).toBeNull();
  });

  it("is not stored itself, and cannot be begun for another's shop", async () => {
    const state = await begin();
    const { rows } = await database.admin.query("SELECT s::text FROM app_dashboard.oauth_states s");
    expect(JSON.stringify(rows)).not.toContain(state);
    expect(JSON.stringify(rows)).not.toContain(Buffer.from(state).toString("hex"));
    await expect(
      createOauthState(other, { shopId: SHOP, userId: USER, platform: "META" }),
    ).rejects.toThrow(/row-level security/);
  });
});

describe("a login at Meta", () => {
  it("is read back by its own shop alone, and nowhere stands in clear", async () => {
    await store(db, SHOP);
    expect(await readMetaToken(db, { box })).toBe("EAAtoken");
    await expect(readMetaToken(other, { box })).rejects.toThrow(NeedsUserError);
    expect(await metaConnection(other, SHOP)).toBeNull();
    const { rows } = await database.admin.query(
      "SELECT c::text FROM app_dashboard.shop_credentials c WHERE kind = 'META_USER'",
    );
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(Buffer.from("EAAtoken").toString("hex"));
  });

  it("does not open in the place of another credential of the same shop", async () => {
    await store(db, SHOP);
    await database.admin.query(
      `INSERT INTO app_dashboard.shop_credentials (shop_id, kind, access_token, key_id)
       SELECT shop_id, 'SHOPIFY_OFFLINE', access_token, key_id
       FROM app_dashboard.shop_credentials WHERE kind = 'META_USER'`,
    );
    await expect(readTokens(db, { box })).rejects.toThrow(/cannot be decrypted/);
    await database.admin.query(
      "DELETE FROM app_dashboard.shop_credentials WHERE kind = 'SHOPIFY_OFFLINE'",
    );
  });

  it("asks for another one when it has ended", async () => {
    await store(db, SHOP, { expiresAt: new Date("2026-01-01T00:00:00Z") });
    await expect(readMetaToken(db, { box })).rejects.toMatchObject({ code: "META_RECONNECT" });
  });

  it("leaves the choice to the person among several ad accounts, and makes it when there is one", async () => {
    await db.tx((tx) => forgetMetaLogin(tx, SHOP));
    expect(await store(db, SHOP)).toBeNull();
    expect(await chosen()).toEqual([]);
    expect(await store(other, OTHER, { accounts: [account("act_1")] })).toBe("act_1");
    expect(await chosen()).toEqual([]);
  });

  it("takes one ad account at a time, and only one that the person sees", async () => {
    const choose = (adAccountId: string) =>
      db.tx((tx) => selectAdAccount(tx, { shopId: SHOP, adAccountId }));
    expect(await choose("act_2")).toBe(true);
    expect(await choose("act_99")).toBe(false);
    expect(await chosen()).toEqual(["act_2"]);
    expect(await choose("act_1")).toBe(true);
    expect(await chosen()).toEqual(["act_1"]);
  });

  it("keeps the choice over another login, unless that person does not see it", async () => {
    expect(await store(db, SHOP)).toBe("act_1");
    const accounts = [account("act_2"), account("act_3", "JPY")];
    expect(await store(db, SHOP, { accounts })).toBeNull();
    const now = await metaConnection(db, SHOP);
    expect(now?.accounts.map(({ adAccountId }) => adAccountId)).toEqual(["act_2", "act_3"]);
  });

  it("is forgotten whole, and only for its shop", async () => {
    expect(await db.tx((tx) => forgetMetaLogin(tx, SHOP))).toBe(true);
    expect(await metaConnection(db, SHOP)).toBeNull();
    expect(await db.tx((tx) => forgetMetaLogin(tx, SHOP))).toBe(false);
    expect((await metaConnection(other, OTHER))?.accounts).toHaveLength(1);
    expect(await readMetaToken(other, { box })).toBe("EAAtoken");
  });
});
