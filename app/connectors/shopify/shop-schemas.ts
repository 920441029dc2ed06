import { z } from "zod";

export const shopSchema = z
  .object({
    shop: z.object({
      name: z.string(),
      email: z.string(),
      currencyCode: z.string().length(3),
      ianaTimezone: z.string().min(1),
      plan: z.object({ publicDisplayName: z.string(), shopifyPlus: z.boolean() }),
      shopAddress: z.object({ countryCodeV2: z.string().nullable() }).nullable(),
    }),
  })
  .transform(({ shop }) => ({
    name: shop.name,
    email: shop.email,
    currency: shop.currencyCode,
    ianaTimezone: shop.ianaTimezone,
    planName: shop.plan.publicDisplayName,
    shopifyPlus: shop.plan.shopifyPlus,
    countryCode: shop.shopAddress?.countryCodeV2 ?? null,
  }));

/** What Shopify says of the shop itself, by the columns of `shops`. */
export type ShopDetails = z.infer<typeof shopSchema>;
