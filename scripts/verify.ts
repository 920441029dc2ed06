// `npm run verify -- --shop X [--json]`: does what is stored of a shop's orders hold together?
import { parseArgs } from "node:util";
import { createDatabase, workerDatabase } from "~/lib/db.server";
import { env } from "~/lib/env.server";
import { outgoingFetch } from "~/lib/outgoing.server";
import { workerTenantDb } from "~/lib/tenant-db.server";
import { shopAdminClient } from "../workers/shopify-access";
import { loadDotEnv, runScript } from "./lib/database-env";
import { reportText } from "./lib/verify/report";
import { verifyShop } from "./lib/verify/verify-shop";

const { values } = parseArgs({
  options: { shop: { type: "string" }, json: { type: "boolean", default: false } },
});

/** One picture of the data, whatever a worker does meanwhile, and no way to change it. */
function snapshotOnly(url: string): string {
  const parsed = new URL(url);
  const given = parsed.searchParams.get("options");
  const settings =
    "-c default_transaction_isolation=repeatable\\ read -c default_transaction_read_only=on";
  parsed.searchParams.set("options", given ? `${given} ${settings}` : settings);
  return parsed.href;
}

await runScript(async () => {
  const shopId = values.shop;
  if (!shopId) throw new Error("Say which shop: npm run verify -- --shop x.myshopify.com");
  loadDotEnv();
  const { WORKER_DATABASE_URL, SHOPIFY_API_KEY, SHOPIFY_API_SECRET } = env();
  const database = createDatabase({
    url: snapshotOnly(WORKER_DATABASE_URL),
    poolSize: 1,
    applicationName: "merit-verify",
  });
  // Tokens are refreshed where they live, which the snapshot could not.
  const tokens = workerDatabase();
  try {
    const admin = shopAdminClient(
      workerTenantDb(tokens, shopId),
      { clientId: SHOPIFY_API_KEY, clientSecret: SHOPIFY_API_SECRET, fetch: outgoingFetch },
      { database: tokens, urgency: "person" },
    );
    const report = await workerTenantDb(database, shopId).pgTx(async (client) => {
      const { rowCount } = await client.query(
        "SELECT FROM app_dashboard.shops WHERE shop_id = $1",
        [shopId],
      );
      if (rowCount === 0) throw new Error(`No shop is called ${shopId}.`);
      return verifyShop(client, shopId, admin, new Date());
    });
    console.log(values.json ? JSON.stringify(report, null, 2) : reportText(report));
    if (!report.ok) process.exitCode = 1;
  } finally {
    await Promise.all([database.close(), tokens.close()]);
  }
});
