import { type AdminClient, createAdminClient } from "~/connectors/shopify/admin-client.server";
import { refreshOfflineToken } from "~/connectors/shopify/refresh-token.server";
import type { Urgency } from "~/lib/api-budget";
import type { Database } from "~/lib/db.server";
import type { WorkerTenantDb } from "~/lib/tenant-db.server";
import { shopifyBudget } from "~/sync/shopify-budget.server";
import { dropAccessToken, getAccessToken, readTokens } from "~/tenancy/credentials.server";
import { pause } from "./pause";

export interface ShopifyAccess {
  clientId: string;
  clientSecret: string;
  fetch: typeof fetch;
}

/** A token is asked for again after this, though it lives an hour: the row may have changed. */
const REMEMBER_MS = 60_000;

/**
 * The Admin API of a shop, with its stored token, refreshed when it ages or is refused, and within
 * the points that all workers share.
 */
export function shopAdminClient(
  db: WorkerTenantDb,
  access: ShopifyAccess,
  { database, urgency }: { database: Database; urgency: Urgency },
): AdminClient {
  const { clientId, clientSecret, fetch } = access;
  const shop = db.shopId;
  let remembered: { token: string; until: number } | undefined;

  async function accessToken(refused?: string): Promise<string> {
    if (refused !== undefined) {
      remembered = undefined;
      const tokens = await readTokens(db);
      if (tokens?.accessToken === refused) await dropAccessToken(db, tokens.expiresAt);
    }
    if (remembered && remembered.until > Date.now()) return remembered.token;
    const token = await getAccessToken(db, {
      refresh: (refreshToken) =>
        refreshOfflineToken({ shop, clientId, clientSecret, refreshToken, fetch }),
    });
    remembered = { token, until: Date.now() + REMEMBER_MS };
    return token;
  }

  const budget = shopifyBudget(database.pool, shop);
  return createAdminClient({ shop, accessToken, fetch, sleep: pause, budget, urgency });
}
