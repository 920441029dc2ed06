import { z } from "zod";
import { SHOP } from "~/connectors/shopify/documents/shop";
import { type ShopDetails, shopSchema } from "~/connectors/shopify/shop-schemas";

/** The Admin API client of a session, as the Shopify library hands it out. */
export type AdminGraphql = (query: string) => Promise<{ json(): Promise<unknown> }>;

const answerSchema = z.object({ data: shopSchema });

/** Reads the shop as Shopify has it now. Throws a ZodError for an answer of another form. */
export async function readShopDetails(graphql: AdminGraphql): Promise<ShopDetails> {
  return answerSchema.parse(await (await graphql(SHOP)).json()).data;
}
