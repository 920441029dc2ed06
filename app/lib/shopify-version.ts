/** The Admin API version that every call and `shopify.app.toml` name: raised here alone. */
export const ADMIN_API_VERSION = "2026-01";
