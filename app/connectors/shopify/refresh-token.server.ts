import { DefectError, NeedsUserError, RetryableError } from "~/lib/errors";
import { offlineTokenSchema } from "./answer-schemas";

export interface RefreshOptions {
  /** The shop's myshopify domain. */
  shop: string;
  clientId: string;
  clientSecret: string;
  refreshToken: string;
  fetch: typeof fetch;
  now?: Date;
}

/** A pair of offline tokens; both are new after every refresh. */
export interface OfflineTokens {
  accessToken: string;
  refreshToken: string;
  scopes: string;
  expiresAt: Date;
  refreshExpiresAt: Date;
}

const TIMEOUT_MS = 20_000;

/**
 * Trades a refresh token for a new pair. NeedsUserError `SHOPIFY_RECONNECT` when Shopify no longer
 * takes it (the merchant opens the app again), RetryableError when Shopify cannot answer now: the
 * old refresh token stays usable until the new pair is first used.
 */
export async function refreshOfflineToken(options: RefreshOptions): Promise<OfflineTokens> {
  const response = await askForTokens(options);
  if (response.status === 429 || response.status >= 500) {
    throw new RetryableError(`Shopify answered ${response.status} to a token refresh.`, {
      code: "SHOPIFY_UNAVAILABLE",
      task: "refresh_token",
    });
  }
  if (!response.ok) {
    throw new NeedsUserError("Shopify no longer accepts the app's access: open the app again.", {
      code: "SHOPIFY_RECONNECT",
      task: "refresh_token",
    });
  }
  const parsed = offlineTokenSchema.safeParse(await response.json());
  if (!parsed.success) {
    throw new DefectError("Shopify's answer to a token refresh has an unknown form.", {
      code: "SHOPIFY_ANSWER_SHAPE",
      task: "refresh_token",
    });
  }
  const now = (options.now ?? new Date()).getTime();
  const tokens = parsed.data;
  return {
    accessToken: tokens.access_token,
    refreshToken: tokens.refresh_token,
    scopes: tokens.scope,
    expiresAt: new Date(now + tokens.expires_in * 1000),
    refreshExpiresAt: new Date(now + tokens.refresh_token_expires_in * 1000),
  };
}

async function askForTokens(options: RefreshOptions): Promise<Response> {
  try {
    return await options.fetch(`https://${options.shop}/admin/oauth/access_token`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify({
        client_id: options.clientId,
        client_secret: options.clientSecret,
        grant_type: "refresh_token",
        refresh_token: options.refreshToken,
      }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (cause) {
    throw new RetryableError("Shopify could not be reached for a token refresh.", {
      code: "SHOPIFY_UNREACHABLE",
      task: "refresh_token",
      cause,
    });
  }
}
