/** Who is asking. Routes import from here. */
export { requireApiAccess } from "./auth/api-access.server";
export { addFrameHeaders, appBridge, throughFrame } from "./auth/frame.server";
export { type RouteArgs, requireShop, type ShopRequest } from "./auth/identity.server";
export { shopify } from "./auth/shopify.server";
