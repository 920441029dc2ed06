// `npm run reread -- --shop X --order "#1001"`: has one order read again, also one that is not here yet.
import { parseArgs } from "node:util";
import { rereadOrder } from "~/commands/reread-order.server";
import { createOrderReader } from "~/connectors/shopify/orders.server";
import { webDatabase, workerDatabase } from "~/lib/db.server";
import { env } from "~/lib/env.server";
import { outgoingFetch } from "~/lib/outgoing.server";
import { numericId } from "~/lib/shopify-ids";
import { tenantDb, workerTenantDb } from "~/lib/tenant-db.server";
import { shopAdminClient } from "../workers/shopify-access";
import { loadDotEnv, runScript } from "./lib/database-env";

const { values } = parseArgs({
  options: { shop: { type: "string" }, order: { type: "string" } },
});

/** Shopify's search knows orders that are not here; it finds more than the very name. */
async function idAtShopify(shopId: string, name: string): Promise<string | null> {
  const { SHOPIFY_API_KEY, SHOPIFY_API_SECRET } = env();
  const database = workerDatabase();
  const admin = shopAdminClient(
    workerTenantDb(database, shopId),
    { clientId: SHOPIFY_API_KEY, clientSecret: SHOPIFY_API_SECRET, fetch: outgoingFetch },
    { database, urgency: "person" },
  );
  const { orders } = await createOrderReader(admin, "reread").page({
    search: `name:${JSON.stringify(name)}`,
    sortKey: "CREATED_AT",
    reverse: true,
    after: null,
  });
  const match = orders.find((order) => order.name === name || order.name === `#${name}`);
  return match ? numericId(String(match.id)) : null;
}

await runScript(async () => {
  const { shop: shopId, order } = values;
  if (!shopId || !order) {
    throw new Error('Say which: npm run reread -- --shop x.myshopify.com --order "#1001"');
  }
  loadDotEnv();
  const db = tenantDb(webDatabase(), { kind: "shop", shopId });
  const actor = "operator";
  try {
    let id = await rereadOrder(db, { shopId, actor, order });
    if (!id) {
      const known = await idAtShopify(shopId, order.trim());
      id = known && (await rereadOrder(db, { shopId, actor, order: known }));
    }
    if (!id) throw new Error(`Neither Merit nor Shopify knows an order ${order} of ${shopId}.`);
    console.log(`Order ${id} is read again by the worker within seconds.`);
  } finally {
    await Promise.all([webDatabase().close(), workerDatabase().close()]);
  }
});
