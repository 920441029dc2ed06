import { parseArgs } from "node:util";
import { webDatabase } from "~/lib/db.server";
import { tenantDb } from "~/lib/tenant-db.server";
import { createApiToken } from "~/tenancy/api-tokens.server";
import { loadDotEnv, runScript } from "./lib/database-env";

const { values } = parseArgs({
  options: { shop: { type: "string" }, name: { type: "string", default: "made by hand" } },
});

await runScript(async () => {
  if (!values.shop) throw new Error("Say which shop: npm run api-token -- --shop x.myshopify.com");
  loadDotEnv();
  const database = webDatabase();
  try {
    const db = tenantDb(database, { kind: "shop", shopId: values.shop });
    const { token } = await createApiToken(db, { name: values.name });
    console.log(`${token}\n\nIt reads ${values.shop}, and is shown this once.`);
  } finally {
    await database.close();
  }
});
