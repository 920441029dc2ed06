import { createHmac } from "node:crypto";
import { META_API_VERSION } from "~/lib/meta-version";
import { createGraphClient } from "./graph-client.server";
import { type AccessToken, exchangeToken } from "./login-request.server";
import { adAccountsSchema, permissionsSchema, tokenDetailsSchema } from "./login-schemas";

/** Reading insights is all that Merit does with ads so far: it asks for nothing else. */
export const META_SCOPES = ["ads_read"] as const;

/** The Meta app on whose behalf people are asked. */
export interface MetaApp {
  appId: string;
  appSecret: string;
  /** Exactly as it stands in the app's settings at Meta, and the same in both steps. */
  redirectUri: string;
  fetch: typeof fetch;
}

/** A user's token. `expiresAt` is null for one that does not end. */
export interface MetaToken {
  accessToken: string;
  expiresAt: Date | null;
}

export interface MetaTokenDetails {
  isValid: boolean;
  /** Meta's id of the person. */
  metaUserId: string | null;
  /** The earlier of the token's own end and that of its access to data; null: neither ends. */
  expiresAt: Date | null;
}

export interface MetaAdAccount {
  /** `act_123` */
  adAccountId: string;
  name: string;
  currency: string;
  ianaTimezone: string;
  /** Meta's number: 1 is active. */
  accountStatus: number;
}

const TASK = "connect_meta";
const PAGE = "200";
/** No person has more ad accounts than these pages hold; a cursor that never ends has to. */
const MOST_PAGES = 50;

/** Where a person is asked; the dialog refuses frames. `state` comes back with the answer. */
export function dialogUrl({ appId, redirectUri }: MetaApp, state: string): string {
  const query = new URLSearchParams({
    client_id: appId,
    redirect_uri: redirectUri,
    state,
    response_type: "code",
    scope: META_SCOPES.join(","),
    // Whoever unticked a permission once is asked for it again instead of being passed by.
    auth_type: "rerequest",
  });
  return `https://www.facebook.com/${META_API_VERSION}/dialog/oauth?${query}`;
}

/** A code → a token of about an hour. Throws as the graph client. */
export async function exchangeCode(
  app: MetaApp,
  code: string,
  now = new Date(),
): Promise<MetaToken> {
  const params = {
    client_id: app.appId,
    redirect_uri: app.redirectUri,
    client_secret: app.appSecret,
    code,
  };
  return readToken(await exchangeToken(app.fetch, params), now);
}

/** A short token → one of about 60 days. Throws as the graph client. */
export async function exchangeLongLived(
  app: MetaApp,
  { accessToken }: MetaToken,
  now = new Date(),
): Promise<MetaToken> {
  const params = {
    grant_type: "fb_exchange_token",
    client_id: app.appId,
    client_secret: app.appSecret,
    fb_exchange_token: accessToken,
    appsecret_proof: proofOf(app, accessToken),
  };
  return readToken(await exchangeToken(app.fetch, params), now);
}

/** What Meta itself says of a token. Asked with the app's own token. Throws as the graph client. */
export async function inspectToken(
  app: MetaApp,
  { accessToken }: MetaToken,
): Promise<MetaTokenDetails> {
  const { data } = await clientOf(app, `${app.appId}|${app.appSecret}`).get("debug_token", {
    params: { input_token: accessToken },
    schema: tokenDetailsSchema,
    task: TASK,
  });
  const ends = [data.expires_at, data.data_access_expires_at].filter(
    (at) => at !== undefined && at > 0,
  );
  return {
    isValid: data.is_valid && (data.app_id === undefined || data.app_id === app.appId),
    metaUserId: data.user_id ?? null,
    expiresAt: ends.length > 0 ? new Date(Math.min(...ends.map(Number)) * 1000) : null,
  };
}

/** The permissions that the person granted: the dialog lets them untick any. Throws as the graph client. */
export async function grantedPermissions(app: MetaApp, token: MetaToken): Promise<string[]> {
  const client = clientOf(app, token.accessToken);
  const { data } = await client.get("me/permissions", { schema: permissionsSchema, task: TASK });
  return data.filter(({ status }) => status === "granted").map(({ permission }) => permission);
}

/** Every ad account that the person may see, page by page. Throws as the graph client. */
export async function listAdAccounts(app: MetaApp, token: MetaToken): Promise<MetaAdAccount[]> {
  const client = clientOf(app, token.accessToken);
  const found: MetaAdAccount[] = [];
  const fields = "id,name,currency,timezone_name,account_status";
  let after: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const params = { fields, limit: PAGE, ...(after ? { after } : {}) };
    const asked = { params, schema: adAccountsSchema, task: TASK };
    const { data, paging } = await client.get("me/adaccounts", asked);
    for (const account of data) {
      found.push({
        adAccountId: account.id,
        name: account.name ?? account.id,
        currency: account.currency,
        ianaTimezone: account.timezone_name,
        accountStatus: account.account_status,
      });
    }
    after = paging?.next ? paging.cursors?.after : undefined;
    if (!after) break;
  }
  return found;
}

/** A client for one token of the login, used here and dropped. */
function clientOf({ appSecret, fetch }: MetaApp, token: string) {
  return createGraphClient({ token, appSecret, fetch, limits: null });
}

/** Shows that a token is used by the app it was made for. */
function proofOf({ appSecret }: MetaApp, accessToken: string): string {
  return createHmac("sha256", appSecret).update(accessToken).digest("hex");
}

function readToken({ access_token, expires_in }: AccessToken, now: Date): MetaToken {
  return {
    accessToken: access_token,
    expiresAt: expires_in ? new Date(now.getTime() + expires_in * 1000) : null,
  };
}
