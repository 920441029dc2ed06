import { type AdminClient, createAdminClient } from "~/connectors/shopify/admin-client.server";
import { refreshOfflineToken } from "~/connectors/shopify/refresh-token.server";
import type { WorkerTenantDb } from "~/lib/tenant-db.server";
import { dropAccessToken, getAccessToken, readTokens } from "~/tenancy/credentials.server";
import { pause } from "./pause";

export interface ShopifyAccess {
  clientId: string;
  clientSecret: string;
  fetch: typeof fetch;
}

/** A token is asked for again after this, though it lives an hour: the row may have changed. */
const REMEMBER_MS = 60_000;

/** The Admin API of a shop, with its stored token, refreshed when it ages or is refused. */
export function shopAdminClient(db: WorkerTenantDb, access: ShopifyAccess): AdminClient {
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

  return createAdminClient({ shop, accessToken, fetch, sleep: pause });
}
