import { createAdminClient } from "~/connectors/shopify/admin-client.server";
import { createOrderDetailsReader } from "~/connectors/shopify/order-details.server";
import { createSecretBox } from "~/lib/crypto.server";
import { createOutgoingFetch } from "~/lib/outgoing.server";
import { orderGid } from "~/lib/shopify-ids";
import type { WorkerTenantDb } from "~/lib/tenant-db.server";
import { shopifyBudget } from "~/sync/shopify-budget.server";
import { getAccessToken } from "~/tenancy/credentials.server";
import { ordersWithoutDetails } from "~/warehouse/facts/orders-without-details.server";
import { loadOrderDetails } from "~/warehouse/load-orders.server";
import type { TestDatabase } from "../harness/database";
import { CREDENTIAL_KEYS } from "./connected-shop";

interface Reading {
  db: WorkerTenantDb;
  database: TestDatabase;
  simulatorOrigin: string;
}

/** A client of the shop's Admin API with the token that is stored. */
export function adminOf({ db, database, simulatorOrigin }: Reading) {
  return createAdminClient({
    shop: db.shopId,
    accessToken: () =>
      getAccessToken(db, {
        box: createSecretBox(CREDENTIAL_KEYS),
        refresh: () => Promise.reject(new Error("not needed")),
      }),
    fetch: createOutgoingFetch(simulatorOrigin),
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    budget: shopifyBudget(database.worker.pool, db.shopId),
    urgency: "person",
  });
}

/** What the details phase of a history does. Answers how many orders it read. */
export async function readDetailsPhase(reading: Reading): Promise<number> {
  const { db } = reading;
  const read = createOrderDetailsReader(adminOf(reading), { task: "test" });
  let done = 0;
  for (let last = "0"; ; ) {
    const ids = await db.pgTx((client) => ordersWithoutDetails(client, db.shopId, last, 50));
    const next = ids.at(-1);
    if (next === undefined) return done;
    const details = await read(ids.map(orderGid));
    await db.pgTx((client) => loadOrderDetails(client, db.shopId, details));
    done += details.length;
    last = next;
  }
}
