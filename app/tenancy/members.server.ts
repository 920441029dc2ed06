import type { TenantDb } from "~/lib/tenant-db.server";

/** What pages need of a shop before they ask for figures. */
export interface ShopProfile {
  name: string;
  /** IANA: the shop's days are days of this zone. */
  timezone: string;
  /** Its history is being loaded: only the newest days are complete. */
  historyLoading: boolean;
  /** ISO 4217: its money is in this one. */
  currency: string;
}

export interface Member {
  userId: string;
  shop: ShopProfile;
}

/**
 * The person whom Shopify knows as `shopifyUserId` in this shop; null when they never opened the app
 * here, or when the shop is not installed. `db` is the shop's own handle.
 */
export async function findMember(
  db: TenantDb,
  { shopId, shopifyUserId }: { shopId: string; shopifyUserId: bigint },
): Promise<Member | null> {
  const found = await db.tx((tx) =>
    tx.userShop.findFirst({
      where: { shopId, shopifyUserId, shop: { uninstalledAt: null } },
      include: { shop: true },
    }),
  );
  if (!found) return null;
  const profile = profileOf(found.shop);
  return profile && { userId: found.userId, shop: profile };
}

/** The shop as `db` may see it; null when it may not, when there is none, or when it is uninstalled. */
export async function findShop(db: TenantDb, shopId: string): Promise<ShopProfile | null> {
  const shop = await db.tx((tx) => tx.shop.findFirst({ where: { shopId, uninstalledAt: null } }));
  return shop && profileOf(shop);
}

/** null before the installation has filled the shop in. */
function profileOf(shop: {
  shopId: string;
  name: string | null;
  ianaTimezone: string | null;
  historyCompleteAt: Date | null;
  currency: string | null;
}): ShopProfile | null {
  const { ianaTimezone: timezone, currency } = shop;
  if (!timezone || !currency) return null;
  return {
    name: shop.name ?? shop.shopId,
    timezone,
    currency,
    historyLoading: shop.historyCompleteAt === null,
  };
}
