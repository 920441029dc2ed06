import type { TenantDb } from "~/lib/tenant-db.server";
import { forgetMetaLogin } from "~/tenancy/meta-connection.server";
import { stopMetaJobs } from "./meta-jobs.server";

/**
 * Forgets the shop's login at Meta and its choice of an ad account, and stops reading. What was read
 * stays, so that connecting again shows it at once. Other shops of the same person keep theirs.
 */
export async function disconnectMeta(
  db: TenantDb,
  { shopId, userId }: { shopId: string; userId: string },
): Promise<void> {
  await db.tx(async (tx) => {
    await stopMetaJobs(tx, shopId);
    if (!(await forgetMetaLogin(tx, shopId))) return;
    await tx.auditEntry.create({
      data: { shopId, actor: `user:${userId}`, action: "meta.disconnected" },
    });
  });
}
