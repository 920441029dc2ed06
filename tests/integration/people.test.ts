import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { tenantDb } from "~/lib/tenant-db.server";
import { createApiToken, resolveApiToken, revokeApiToken } from "~/tenancy/api-tokens.server";
import { recordShopUser, type ShopPerson } from "~/tenancy/users.server";
import { createTestDatabase, seedShop, type TestDatabase } from "../harness/database";

const A = "a.myshopify.com";
const B = "b.myshopify.com";
let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
  await seedShop(database, A);
  await seedShop(database, B);
});
afterEach(() => database.drop());

const ann: ShopPerson = {
  shopId: A,
  shopifyUserId: 7n,
  email: "Ann@Example.com",
  emailVerified: true,
  firstName: "Ann",
  lastName: null,
  locale: "de",
};

const record = (person: ShopPerson, context = person.shopId) =>
  tenantDb(database.web, { kind: "shop", shopId: context }).tx((tx) => recordShopUser(tx, person));

async function grants(): Promise<string[]> {
  const { rows } = await database.admin.query<{ line: string }>(
    `SELECT shop_id || ' ' || shopify_user_id || ' ' || role || CASE WHEN is_default THEN ' default' ELSE '' END AS line
     FROM app_dashboard.user_shops ORDER BY shop_id, shopify_user_id`,
  );
  return rows.map(({ line }) => line);
}

async function countUsers(): Promise<number> {
  const { rowCount } = await database.admin.query("SELECT FROM app_dashboard.users");
  return rowCount ?? 0;
}

describe("recordShopUser", () => {
  test("a newcomer is STORE_USER of that shop, their first is the default; again changes nothing", async () => {
    const id = await record(ann);
    expect(await record({ ...ann, firstName: "Anna" })).toBe(id);
    expect(await grants()).toEqual([`${A} 7 STORE_USER default`]);
    const { rows } = await database.admin.query("SELECT * FROM app_dashboard.users");
    expect(rows).toMatchObject([{ email: "ann@example.com", first_name: "Anna", locale: "de" }]);
  });

  test("a verified email joins the person's shops, whatever its case", async () => {
    const id = await record(ann);
    const inB = { ...ann, shopId: B, shopifyUserId: 70n, email: "ANN@example.com" };
    expect(await record(inB)).toBe(id);
    expect(await grants()).toEqual([`${A} 7 STORE_USER default`, `${B} 70 STORE_USER`]);
    const db = tenantDb(database.web, { kind: "user", userId: id });
    expect(await db.tx((tx) => tx.shop.count())).toBe(2);
  });

  test("an unverified email joins nobody", async () => {
    const id = await record(ann);
    const claimed = await record({ ...ann, shopId: B, shopifyUserId: 70n, emailVerified: false });
    expect(claimed).not.toBe(id);
    const db = tenantDb(database.web, { kind: "user", userId: claimed });
    expect((await db.tx((tx) => tx.shop.findMany())).map(({ shopId }) => shopId)).toEqual([B]);
  });

  test("the same Shopify user id in two shops is two people", async () => {
    const one = await record({ ...ann, email: null, emailVerified: true });
    expect(await record({ ...ann, shopId: B, email: null })).not.toBe(one);
  });

  test("once verified, an email that was not joins after all, and the lone user is forgotten", async () => {
    const id = await record(ann);
    const inB = { ...ann, shopId: B, shopifyUserId: 70n };
    await record({ ...inB, emailVerified: false });
    expect(await record(inB)).toBe(id);
    expect(await countUsers()).toBe(1);
  });

  test("an identity handed to someone else is parted from its former owner's other shops", async () => {
    const id = await record(ann);
    await record({ ...ann, shopId: B, shopifyUserId: 70n });
    await database.admin.query("UPDATE app_dashboard.user_shops SET role = 'AGENCY_OWNER'");
    const successor = await record({ ...ann, email: "bob@example.com" });
    expect(successor).not.toBe(id);
    expect(await grants()).toEqual([`${A} 7 STORE_USER default`, `${B} 70 AGENCY_OWNER default`]);
    const db = tenantDb(database.web, { kind: "user", userId: successor });
    expect((await db.tx((tx) => tx.shop.findMany())).map(({ shopId }) => shopId)).toEqual([A]);
  });

  test("a colleague who was removed and invited again keeps the one grant", async () => {
    const id = await record(ann);
    expect(await record({ ...ann, shopifyUserId: 8n })).toBe(id);
    expect(await grants()).toEqual([`${A} 8 STORE_USER default`]);
  });

  test("20 first requests at once make one person", async () => {
    const ids = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        record(index % 2 ? ann : { ...ann, shopId: B, shopifyUserId: 70n }),
      ),
    );
    expect(new Set(ids).size).toBe(1);
    expect(await countUsers()).toBe(1);
  });

  test("a shop outside the context is refused", async () => {
    await expect(record({ ...ann, shopId: B }, A)).rejects.toThrow(/not in the context/);
    expect(await countUsers()).toBe(0);
  });
});

describe("API tokens", () => {
  const db = () => tenantDb(database.web, { kind: "shop", shopId: A });

  test("a token opens its shop and is stored as a hash alone", async () => {
    const { token, id } = await createApiToken(db(), { name: "sheet" });
    expect(token).toMatch(/^merit_[\w-]{43}$/);
    expect(await resolveApiToken(database.web, token)).toBe(A);
    const { rows } = await database.admin.query(
      "SELECT id, api_tokens::text AS whole, last_used_at FROM app_dashboard.api_tokens",
    );
    expect(rows).toMatchObject([{ id, last_used_at: expect.any(Date) }]);
    expect(rows[0].whole).not.toContain(token.slice(6));
  });

  test("an unknown, a cut and a revoked token open nothing", async () => {
    const { token, id } = await createApiToken(db(), { name: "sheet" });
    expect(await resolveApiToken(database.web, token.slice(0, -1))).toBeNull();
    expect(await resolveApiToken(database.web, "merit_")).toBeNull();
    expect(await resolveApiToken(database.web, "Bearer")).toBeNull();
    const other = tenantDb(database.web, { kind: "shop", shopId: B });
    expect(await revokeApiToken(other, id)).toBe(false);
    expect(await resolveApiToken(database.web, token)).toBe(A);
    expect(await revokeApiToken(db(), id)).toBe(true);
    expect(await resolveApiToken(database.web, token)).toBeNull();
    expect(await revokeApiToken(db(), id)).toBe(false);
  });

  test("its use is noted at most once a minute", async () => {
    const { token } = await createApiToken(db(), { name: "sheet" });
    const used = async () => {
      await resolveApiToken(database.web, token);
      const { rows } = await database.admin.query(
        "SELECT last_used_at FROM app_dashboard.api_tokens",
      );
      return rows[0].last_used_at.getTime();
    };
    const first = await used();
    expect(await used()).toBe(first);
    await database.admin.query(
      "UPDATE app_dashboard.api_tokens SET last_used_at = now() - interval '2 minutes'",
    );
    expect(await used()).toBeGreaterThan(first);
  });
});
