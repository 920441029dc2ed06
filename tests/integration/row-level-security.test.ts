import { afterAll, beforeAll, expect, test } from "vitest";
import { tenantDb } from "~/lib/tenant-db.server";
import { createTestDatabase, seedShop, type TestDatabase } from "../harness/database";

const A = "a.myshopify.com";
const B = "b.myshopify.com";
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await seedShop(database, A);
  await seedShop(database, B);
});
afterAll(() => database.drop());

test("a shop's handle sees that shop alone", async () => {
  const shops = await tenantDb(database.web, { kind: "shop", shopId: A }).tx((tx) =>
    tx.shop.findMany(),
  );
  expect(shops.map(({ shopId }) => shopId)).toEqual([A]);
});
