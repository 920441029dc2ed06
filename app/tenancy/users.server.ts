import { z } from "zod";
import type { TenantTx } from "~/lib/tenant-db.server";

/** A person as Shopify names them in one shop. */
export interface ShopPerson {
  shopId: string;
  /** Shopify's id of the person in this shop: with the shop, their identity. */
  shopifyUserId: bigint;
  email: string | null;
  /** Whether Shopify says so; only then the email joins the person's users across shops. */
  emailVerified: boolean;
  firstName: string | null;
  lastName: string | null;
  locale: string | null;
}

const rowsSchema = z.tuple([z.object({ user_id: z.uuid() })]);

/**
 * Records who opened the app in a shop and answers their user id. A new grant is STORE_USER, and the
 * default shop when it is the person's first. `tx` is of the shop's own handle, and the shop exists.
 * The joining across shops happens in record_shop_user(), since policies hide the other shops here.
 */
export async function recordShopUser(tx: TenantTx, person: ShopPerson): Promise<string> {
  const rows = await tx.$queryRaw`
    SELECT app_dashboard.record_shop_user(
      ${person.shopId}, ${person.shopifyUserId}::bigint, ${person.email}, ${person.emailVerified},
      ${person.firstName}, ${person.lastName}, ${person.locale}
    )::text AS user_id`;
  return rowsSchema.parse(rows)[0].user_id;
}
