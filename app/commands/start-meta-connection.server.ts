import { metaApp } from "~/connectors/meta/meta-app.server";
import { dialogUrl } from "~/connectors/meta/oauth.server";
import { browserUrl } from "~/lib/outgoing.server";
import type { TenantDb } from "~/lib/tenant-db.server";
import { createOauthState } from "~/tenancy/oauth-states.server";

/**
 * Where a person goes to connect their ads with this shop: Meta's dialog, good for one login within
 * ten minutes. null when this installation of the app has no Meta app.
 */
export async function startMetaConnection(
  db: TenantDb,
  { shopId, userId }: { shopId: string; userId: string },
): Promise<string | null> {
  const app = metaApp();
  if (!app) return null;
  const state = await createOauthState(db, { shopId, userId, platform: "META" });
  return browserUrl(dialogUrl(app, state));
}
