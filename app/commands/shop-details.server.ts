import { z } from "zod";
import { SHOP } from "~/connectors/shopify/documents/shop";

/** The Admin API client of a session, as the Shopify library hands it out. */
export type AdminGraphql = (query: string) => Promise<{ json(): Promise<unknown> }>;

const answerSchema = z.object({
  data: z.object({
    shop: z.object({
      name: z.string(),
      email: z.string(),
      currencyCode: z.string().length(3),
      ianaTimezone: z.string().min(1),
      plan: z.object({ publicDisplayName: z.string(), shopifyPlus: z.boolean() }),
      shopAddress: z.object({ countryCodeV2: z.string().nullable() }).nullable(),
    }),
  }),
});

/** The columns of `shops` that Shopify fills. */
export interface ShopDetails {
  name: string;
  email: string;
  currency: string;
  ianaTimezone: string;
  planName: string;
  shopifyPlus: boolean;
  countryCode: string | null;
}

/** Reads the shop as Shopify has it now. Throws a ZodError for an answer of another form. */
export async function readShopDetails(graphql: AdminGraphql): Promise<ShopDetails> {
  const { shop } = answerSchema.parse(await (await graphql(SHOP)).json()).data;
  return {
    name: shop.name,
    email: shop.email,
    currency: shop.currencyCode,
    ianaTimezone: shop.ianaTimezone,
    planName: shop.plan.publicDisplayName,
    shopifyPlus: shop.plan.shopifyPlus,
    countryCode: shop.shopAddress?.countryCodeV2 ?? null,
  };
}
