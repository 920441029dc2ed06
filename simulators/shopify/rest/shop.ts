import type { PlainNode, SimShop } from "../store/types";

/** The body of `shop/update`: the shop as REST writes it. */
export function restShop(shop: SimShop): PlainNode {
  return {
    id: shop.id,
    name: shop.name,
    email: shop.email,
    domain: shop.domain,
    myshopify_domain: shop.domain,
    country_code: shop.countryCode,
    currency: shop.currency,
    iana_timezone: shop.ianaTimezone,
    plan_name: shop.plan === "plus" ? "shopify_plus" : "basic",
    created_at: shop.createdAt,
    updated_at: shop.createdAt,
  };
}
