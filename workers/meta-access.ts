import { createGraphClient, type GraphClient } from "~/connectors/meta/graph-client.server";
import type { Urgency } from "~/lib/api-budget";
import type { Database } from "~/lib/db.server";
import { NeedsUserError } from "~/lib/errors";
import type { WorkerTenantDb } from "~/lib/tenant-db.server";
import { metaBudget } from "~/sync/meta-budget.server";
import { readMetaToken } from "~/tenancy/meta-connection.server";

export interface MetaAccess {
  appSecret: string;
  fetch: typeof fetch;
}

/**
 * Meta's API with this shop's token, for this one run, within the limits that all workers share.
 * Throws NeedsUserError: `META_RECONNECT`
 * without a token that lives, `META_NOT_CONFIGURED` where the app has no Meta app any more.
 */
export async function shopGraphClient(
  db: WorkerTenantDb,
  access: MetaAccess | null,
  { database, urgency }: { database: Database; urgency: Urgency },
): Promise<GraphClient> {
  if (!access) {
    throw new NeedsUserError("This installation of Merit has no Meta app.", {
      code: "META_NOT_CONFIGURED",
      task: "meta",
    });
  }
  const limits = { budget: metaBudget(database.pool), urgency };
  return createGraphClient({ ...access, token: await readMetaToken(db), limits });
}
