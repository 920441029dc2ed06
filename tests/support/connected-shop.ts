import { z } from "zod";
import { createSecretBox } from "~/lib/crypto.server";
import { createOutgoingFetch } from "~/lib/outgoing.server";
import { type WorkerTenantDb, workerTenantDb } from "~/lib/tenant-db.server";
import type { JobType, Platform } from "~/sync/job-types";
import { requestSync } from "~/sync/sync-jobs.server";
import { storeTokens } from "~/tenancy/credentials.server";
import type { ShopifySimulator } from "../../simulators/shopify/options";
import { seedShop, type TestDatabase } from "../harness/database";

export const API_KEY = "test-key";
export const API_SECRET = "test-secret";
export const CREDENTIAL_KEYS = `test:${Buffer.alloc(32, 7).toString("base64")}`;

const tokenSchema = z.object({
  access_token: z.string(),
  refresh_token: z.string(),
  scope: z.string(),
});

interface ConnectOptions {
  simulator: ShopifySimulator;
  database: TestDatabase;
  shop: string;
  currency: string;
  zone: string;
}

/** Installs the app in a simulated shop, as the web would, and answers its handle. */
export async function connectShop(options: ConnectOptions): Promise<WorkerTenantDb> {
  const { simulator, database, shop, currency, zone } = options;
  await seedShop(database, shop, { currency, zone });
  await database.admin.query(
    "UPDATE app_dashboard.shops SET scopes = 'read_orders,read_all_orders' WHERE shop_id = $1",
    [shop],
  );
  const db = workerTenantDb(database.worker, shop);
  await exchangeTokens(db, simulator);
  return db;
}

/** What opening the app in the admin does: the shop lets it in, and new tokens are stored. */
export async function exchangeTokens(
  db: WorkerTenantDb,
  simulator: ShopifySimulator,
): Promise<void> {
  const shop = db.shopId;
  const sim = `${simulator.origin}/_sim/shops/${shop}`;
  await fetch(`${sim}/install`, { method: "POST" });
  const { session_token } = z
    .object({ session_token: z.string() })
    .parse(await (await fetch(`${sim}/session-token`)).json());
  const send = createOutgoingFetch(simulator.origin);
  const response = await send(`https://${shop}/admin/oauth/access_token`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({
      client_id: API_KEY,
      client_secret: API_SECRET,
      grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
      subject_token: session_token,
      subject_token_type: "urn:ietf:params:oauth:token-type:id_token",
      requested_token_type: "urn:shopify:params:oauth:token-type:offline-access-token",
      expiring: "1",
    }),
  });
  const tokens = tokenSchema.parse(await response.json());
  const inAnHour = new Date(Date.now() + 3_600_000);
  await storeTokens(
    db,
    {
      accessToken: tokens.access_token,
      refreshToken: tokens.refresh_token,
      scopes: tokens.scope,
      expiresAt: inAnHour,
      refreshExpiresAt: inAnHour,
    },
    { box: createSecretBox(CREDENTIAL_KEYS) },
  );
}

/** Writes a job; the worker's dispatcher finds it. */
export async function askForSync(
  db: WorkerTenantDb,
  jobType: JobType,
  platform: Platform = "SHOPIFY",
): Promise<string> {
  const { jobId } = await db.tx((tx) =>
    requestSync(tx, {
      shopId: db.shopId,
      platform,
      jobType,
      requestedBy: "test",
      priority: 1,
    }),
  );
  return jobId;
}
