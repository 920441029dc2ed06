import type { TenantTx } from "~/lib/tenant-db.server";

/** Something of a shop that has to be read again. */
export interface DirtyMark {
  resource: "ORDER" | "SHOP";
  /** Digits, exact above 2^53; 0 for the shop itself. */
  id: string;
  /** Shopify says that it is gone. */
  deleted: boolean;
}

/**
 * Marks it: the worker reads it again within seconds (`queue_dirty_syncs`), and takes this very mark
 * away when it has. Marking again is no harm.
 */
export async function markDirty(tx: TenantTx, shopId: string, mark: DirtyMark): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO staging_ingest.shopify_dirty AS known (shop_id, resource, id, deleted, marked_at)
    VALUES (${shopId}, ${mark.resource}, ${mark.id}::bigint, ${mark.deleted}, clock_timestamp())
    ON CONFLICT (shop_id, resource, id) DO UPDATE
    SET deleted = known.deleted OR excluded.deleted, marked_at = excluded.marked_at`;
}
