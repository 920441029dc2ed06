import { createGraphClient, type GraphClient } from "~/connectors/meta/graph-client.server";
import { NeedsUserError } from "~/lib/errors";
import type { WorkerTenantDb } from "~/lib/tenant-db.server";
import { readMetaToken } from "~/tenancy/meta-connection.server";

export interface MetaAccess {
  appSecret: string;
  fetch: typeof fetch;
}

/**
 * Meta's API with this shop's token, for this one run. Throws NeedsUserError: `META_RECONNECT`
 * without a token that lives, `META_NOT_CONFIGURED` where the app has no Meta app any more.
 */
export async function shopGraphClient(
  db: WorkerTenantDb,
  access: MetaAccess | null,
): Promise<GraphClient> {
  if (!access) {
    throw new NeedsUserError("This installation of Merit has no Meta app.", {
      code: "META_NOT_CONFIGURED",
      task: "meta",
    });
  }
  return createGraphClient({ ...access, token: await readMetaToken(db) });
}
