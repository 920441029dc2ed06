import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { rereadOrder } from "~/commands/reread-order.server";
import { type TenantDb, tenantDb } from "~/lib/tenant-db.server";
import { orderDocument } from "../support/order-documents";
import { createTestWarehouse, SHOP, type TestWarehouse } from "../support/warehouse";

let warehouse: TestWarehouse;
let web: TenantDb;
beforeAll(async () => {
  warehouse = await createTestWarehouse();
  await warehouse.load([orderDocument({ id: 1_000_000_000_001 }), orderDocument({ id: 7 })]);
  await warehouse.rows("UPDATE core_warehouse.orders SET name = '#1001' WHERE order_id > 100");
  web = tenantDb(warehouse.database.web, { kind: "shop", shopId: SHOP });
});
afterAll(() => warehouse.database.drop());
beforeEach(() => warehouse.rows("DELETE FROM staging_ingest.shopify_dirty"));

const ask = (order: string, db = web) => rereadOrder(db, { shopId: SHOP, actor: "user:1", order });
const marks = () => warehouse.rows("SELECT resource, id::text FROM staging_ingest.shopify_dirty");

it.each(["#1001", "1001", " #1001 ", "1000000000001"])(
  "marks the order that %j names",
  async (order) => {
    expect(await ask(order)).toBe("1000000000001");
    expect(await marks()).toEqual([{ resource: "ORDER", id: "1000000000001" }]);
  },
);

it("marks an order by its number that is not here yet", async () => {
  expect(await ask("9007199254740993")).toBe("9007199254740993");
  expect(await marks()).toEqual([{ resource: "ORDER", id: "9007199254740993" }]);
});

it("says so where nothing bears the name, nor may another shop's order be named", async () => {
  expect(await ask("#4711")).toBeNull();
  const other = tenantDb(warehouse.database.web, { kind: "shop", shopId: "x.myshopify.com" });
  expect(await ask("#1001", other)).toBeNull();
  expect(await marks()).toEqual([]);
});
