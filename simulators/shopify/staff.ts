import type { StaffMember } from "./state";
import type { SimShop } from "./store/types";

/** Two people of a shop, the same at every start; ids beyond 32 bits, as Shopify's are. */
export function staffOf(shop: SimShop): StaffMember[] {
  const base = 90_000_000_000 + (shop.id % 1_000_000) * 10;
  const name = shop.domain.replace(/\.myshopify\.com$/, "");
  return [
    {
      id: base + 1,
      email: shop.email,
      emailVerified: true,
      firstName: "Robin",
      lastName: "Owner",
      accountOwner: true,
      locale: "en",
    },
    {
      id: base + 2,
      email: `sam@${name}.example`,
      emailVerified: true,
      firstName: "Sam",
      lastName: "Staff",
      accountOwner: false,
      locale: "en",
    },
  ];
}
