/** Who is asking. Routes import from here. */
export { requireApiAccess } from "./auth/api-access.server";
export { addFrameHeaders, appBridge, shopAdminUrl } from "./auth/frame.server";
export { requireShop } from "./auth/identity.server";
