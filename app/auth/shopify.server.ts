import { setAbstractFetchFunc } from "@shopify/shopify-api/runtime";
import "@shopify/shopify-app-remix/adapters/node";
import {
  ApiVersion,
  AppDistribution,
  LogSeverity,
  shopifyApp,
} from "@shopify/shopify-app-remix/server";
import { installShop } from "~/commands/install-shop.server";
import { env } from "~/lib/env.server";
import { logger } from "~/lib/logger.server";
import { outgoingFetch } from "~/lib/outgoing.server";
import { ADMIN_API_VERSION } from "~/lib/shopify-version";
import { sessionStorage } from "~/tenancy/session-storage.server";

// After the library has been imported (it sets its own) and before its first call.
setAbstractFetchFunc(outgoingFetch);

function createShopify() {
  const { SHOPIFY_API_KEY, SHOPIFY_API_SECRET, SHOPIFY_APP_URL, SCOPES } = env();
  const apiVersion = Object.values(ApiVersion).find((known) => known === ADMIN_API_VERSION);
  if (!apiVersion) throw new Error(`The library does not know Admin API ${ADMIN_API_VERSION}`);
  return shopifyApp({
    apiKey: SHOPIFY_API_KEY,
    apiSecretKey: SHOPIFY_API_SECRET,
    appUrl: SHOPIFY_APP_URL,
    scopes: SCOPES.split(","),
    apiVersion,
    distribution: AppDistribution.AppStore,
    useOnlineTokens: true,
    sessionStorage: sessionStorage(),
    future: { unstable_newEmbeddedAuthStrategy: true, expiringOfflineAccessTokens: true },
    // Its own lines at `info` say nothing that the request log does not.
    logger: { level: LogSeverity.Warning, log: logLibraryMessage },
    hooks: {
      // The library turns whatever is thrown here into an empty 500, so it is logged first.
      afterAuth: async ({ session, admin }) => {
        try {
          await installShop({ session, graphql: admin.graphql });
        } catch (error) {
          logger.error({ err: error, shop: session.shop }, "installing the shop failed");
          throw error;
        }
      },
    },
  });
}

async function logLibraryMessage(severity: LogSeverity, message: string): Promise<void> {
  const level = severity === LogSeverity.Error ? "error" : "warn";
  logger[level]({ library: "shopify-app" }, message);
}

let shared: ReturnType<typeof createShopify> | undefined;

/** The Shopify library, set up at first use so that importing a route demands no environment. */
export function shopify() {
  shared ??= createShopify();
  return shared;
}
