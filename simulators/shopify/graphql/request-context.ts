import type { KnownShop, SimulatorContext } from "../context";
import type { AccessToken } from "../oauth/token-types";

/** What the resolvers of one request share. */
export interface RequestContext {
  simulator: SimulatorContext;
  shop: KnownShop;
  token: AccessToken;
  /** API version of the call's address. */
  version: string;
  /** Filled by searches whose text Shopify would warn about (`extensions.search`). */
  search: Record<string, unknown>[];
}
