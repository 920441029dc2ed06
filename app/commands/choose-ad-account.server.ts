import type { TenantDb } from "~/lib/tenant-db.server";
import { selectAdAccount } from "~/tenancy/meta-connection.server";
import { requestMetaHistory, stopMetaJobs } from "./meta-jobs.server";

/**
 * Makes one of the ad accounts that the connected person sees the shop's, and asks for its history.
 * Answers false, and changes nothing, for any other.
 */
export async function chooseAdAccount(
  db: TenantDb,
  { shopId, userId, adAccountId }: { shopId: string; userId: string; adAccountId: string },
): Promise<boolean> {
  const enqueue = await db.tx(async (tx) => {
    if (!(await selectAdAccount(tx, { shopId, adAccountId }))) return null;
    await stopMetaJobs(tx, shopId);
    const requestedBy = `user:${userId}`;
    await tx.auditEntry.create({
      data: {
        shopId,
        actor: requestedBy,
        action: "meta.ad_account_chosen",
        detail: { adAccountId },
      },
    });
    return requestMetaHistory(tx, { shopId, requestedBy });
  });
  await enqueue?.();
  return enqueue !== null;
}
