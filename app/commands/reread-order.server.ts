import { z } from "zod";
import type { TenantDb } from "~/lib/tenant-db.server";
import { markDirty } from "~/sync/dirty-marks.server";

/** Ids of orders are longer than any shop's numbering. */
const ORDER_ID = /^\d{10,18}$/;

const found = z.array(z.object({ id: z.string() })).max(1);

/**
 * Has one order read again, by its name as the shop writes it (`#1001`, also without the `#`) or by
 * its number in the admin's address. Answers its id, null when no such order is here: only those are
 * known by name.
 */
export async function rereadOrder(
  db: TenantDb,
  { shopId, actor, order }: { shopId: string; actor: string; order: string },
): Promise<string | null> {
  const asked = order.trim();
  return db.tx(async (tx) => {
    const rows = ORDER_ID.test(asked)
      ? [{ id: asked }]
      : await tx.$queryRaw`
          SELECT order_id::text AS id FROM core_warehouse.orders
          WHERE shop_id = ${shopId} AND name IN (${asked}, ${`#${asked}`}) AND deleted_at IS NULL
          ORDER BY name = ${asked} DESC, order_id DESC LIMIT 1`;
    const [match] = found.parse(rows);
    if (!match) return null;
    await markDirty(tx, shopId, { resource: "ORDER", id: match.id, deleted: false });
    await tx.auditEntry.create({
      data: { shopId, actor, action: "order.reread", detail: { order: asked } },
    });
    return match.id;
  });
}
