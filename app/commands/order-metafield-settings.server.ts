import { z } from "zod";
import type { TenantDb } from "~/lib/tenant-db.server";

/** Each costs room in every query of orders. */
const MOST_METAFIELDS = 10;
const NAME = /^[A-Za-z0-9_-]{2,255}\.[A-Za-z0-9_-]{2,64}$/;

/** What a person writes: one metafield a line, as `namespace.key`; doubles and blanks fall away. */
export const metafieldsSchema = z
  .string()
  .max(10_000)
  .transform((text) => [...new Set(text.split(/[\s,]+/).filter(Boolean))])
  .pipe(
    z
      .array(
        z
          .string()
          .regex(NAME, { error: ({ input }) => `“${input}” is not written as namespace.key.` }),
      )
      .max(MOST_METAFIELDS, `At most ${MOST_METAFIELDS} metafields can be read.`),
  );

/** The metafields of orders that the shop wants to be read. */
export async function orderMetafieldSettings(db: TenantDb, shopId: string): Promise<string[]> {
  const shop = await db.tx((tx) =>
    tx.shop.findFirst({ where: { shopId }, select: { orderMetafields: true } }),
  );
  return shop?.orderMetafields ?? [];
}

/** Keeps them: orders are read with them from then on; a rebuild brings them for older orders. */
export async function saveOrderMetafields(
  db: TenantDb,
  { shopId, userId, names }: { shopId: string; userId: string; names: readonly string[] },
): Promise<void> {
  await db.tx(async (tx) => {
    await tx.shop.updateMany({ where: { shopId }, data: { orderMetafields: [...names] } });
    await tx.auditEntry.create({
      data: {
        shopId,
        actor: `user:${userId}`,
        action: "settings.order_metafields",
        detail: { names: [...names] },
      },
    });
  });
}
