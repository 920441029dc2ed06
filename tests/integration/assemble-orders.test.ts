import fc from "fast-check";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { RawOrder } from "~/connectors/shopify/order-schemas";
import { type WorkerTenantDb, workerTenantDb } from "~/lib/tenant-db.server";
import { assembleOrders } from "~/warehouse/staging/assemble-orders.server";
import { copyBulkLines } from "~/warehouse/staging/bulk-lines.server";
import { createTestDatabase, seedShop, type TestDatabase } from "../harness/database";

vi.setConfig({ testTimeout: 60_000 });

const SHOP = "assemble.myshopify.com";
const ORDERS_FILE = "gid://shopify/BulkOperation/1";
const LEDGER_FILE = "gid://shopify/BulkOperation/2";
const COUNT = 7;

let database: TestDatabase;
let db: WorkerTenantDb;
beforeAll(async () => {
  database = await createTestDatabase();
  await seedShop(database, SHOP);
  db = workerTenantDb(database.worker, SHOP);
});
afterAll(() => database.drop());

interface Line {
  id: string;
  __typename?: string;
  __parentId?: string;
}

const gid = (type: string, id: number | string) => `gid://shopify/${type}/${id}`;
const numbers = Array.from({ length: COUNT }, (_, n) => n + 1);
const child = (type: string, id: number | string, parent: string): Line => ({
  __typename: type,
  id: gid(type, id),
  __parentId: parent,
});

const roots: Line[] = numbers.map((n) => ({ id: gid("Order", n) }));
const ordersChildren = numbers.flatMap((n) => [
  child("LineItem", `${n}1`, gid("Order", n)),
  child("LineItem", `${n}2`, gid("Order", n)),
  child("ShippingLine", n, gid("Order", n)),
  child("ManualDiscountApplication", n, gid("Order", n)),
]);
// The last order's ledger is not in the file.
const agreements = numbers
  .slice(0, -1)
  .flatMap((n) => [1, 2].map((a) => child("OrderAgreement", `${n}${a}`, gid("Order", n))));
const sales = agreements.flatMap(({ id }) =>
  [1, 2].map((s) => child("ProductSale", `${id.split("/").at(-1)}${s}`, id)),
);

/** Lines in any order in which no child stands before its parent: all that Shopify promises. */
const anyOrder = (lines: readonly Line[]) =>
  fc.shuffledSubarray([...lines], { minLength: lines.length }).map((shuffled) => {
    const placed = new Set<string>();
    const ordered: Line[] = [];
    for (let left = shuffled; left.length > 0; ) {
      const [ready, waiting] = [[] as Line[], [] as Line[]];
      for (const line of left) {
        const isReady = !line.__parentId || placed.has(line.__parentId);
        (isReady ? ready : waiting).push(line);
        if (isReady) placed.add(line.id);
      }
      ordered.push(...ready);
      left = waiting;
    }
    return ordered;
  });

async function load(operationId: string, lines: readonly Line[]): Promise<void> {
  const batches = (async function* () {
    yield lines.map((line) => JSON.stringify(line));
  })();
  await db.pgTx((client) => copyBulkLines(client, { shopId: SHOP, operationId, lines: batches }));
}

async function assembled(limit: number) {
  const ids = { ordersId: ORDERS_FILE, ledgerId: LEDGER_FILE };
  const all: RawOrder[] = [];
  for (let after = "0"; ; ) {
    const chunk = await db.pgTx((client) => assembleOrders(client, SHOP, ids, after, limit));
    if (chunk.lastLineNo === null) return all;
    all.push(...chunk.orders);
    after = chunk.lastLineNo;
  }
}

const idsOf = (value: unknown) =>
  (value as Array<{ id: string }>).map(({ id }) => id.split("/").at(-1)).sort();

it("puts orders together wherever their children stand, in any chunks", async () => {
  await fc.assert(
    fc.asyncProperty(
      anyOrder([...roots, ...ordersChildren]),
      anyOrder([...roots, ...agreements, ...sales]),
      fc.integer({ min: 1, max: COUNT + 1 }),
      async (ordersLines, ledgerLines, limit) => {
        await load(ORDERS_FILE, ordersLines);
        await load(LEDGER_FILE, ledgerLines);
        const orders = await assembled(limit);
        expect(idsOf(orders)).toEqual(numbers.map(String));
        for (const order of orders) {
          const n = String(order.id).split("/").at(-1);
          expect(idsOf(order.lineItems)).toEqual([`${n}1`, `${n}2`]);
          expect(idsOf(order.shippingLines)).toEqual([n]);
          expect(idsOf(order.discountApplications)).toEqual([n]);
          if (Number(n) === COUNT) {
            expect(order).not.toHaveProperty("agreements");
            continue;
          }
          expect(idsOf(order.agreements)).toEqual([`${n}1`, `${n}2`]);
          for (const agreement of order.agreements as Array<{ id: string; sales: unknown }>) {
            const own = agreement.id.split("/").at(-1);
            expect(idsOf(agreement.sales)).toEqual([`${own}1`, `${own}2`]);
          }
          expect(JSON.stringify(order)).not.toContain("__parentId");
        }
      },
    ),
    { numRuns: 25 },
  );
});
