import { webDatabase } from "~/lib/db.server";
import { problemResponse } from "~/lib/problem";
import { type TenantDb, tenantDb } from "~/lib/tenant-db.server";
import { resolveApiToken } from "~/tenancy/api-tokens.server";
import { findShop } from "~/tenancy/members.server";
import { type RouteArgs, requireShop } from "./identity.server";

const API_TOKEN_PREFIX = "merit_";

/**
 * Access to one shop's data for programs and for pages: `Authorization: Bearer` with a read-only
 * API token (`merit_…`) or with a session token. Throws problem details: 401 when there is no
 * valid token, 404 when the token may not see the shop, whether or not such a shop exists.
 */
export async function requireApiAccess(
  args: RouteArgs,
  shopId: string,
): Promise<{ db: TenantDb; timezone: string }> {
  const token = /^Bearer (\S+)$/i.exec(args.request.headers.get("Authorization") ?? "")?.[1];
  if (!token) throw unauthenticated("Send an API token or a session token as a bearer token.");
  const db = token.startsWith(API_TOKEN_PREFIX)
    ? await dbOfApiToken(token, shopId)
    : await dbOfSession(args);
  const shop = db && (await findShop(db, shopId));
  if (!db || !shop) throw noSuchShop();
  return { db, timezone: shop.timezone };
}

/** The one answer for a shop that is not there and for one that is someone else's. */
function noSuchShop(): Response {
  return problemResponse(404, "There is no such shop for this token.");
}

function unauthenticated(detail: string, headers?: Headers): Response {
  const response = problemResponse(401, detail);
  response.headers.set("WWW-Authenticate", "Bearer");
  const retry = headers?.get("X-Shopify-Retry-Invalid-Session-Request");
  if (retry) response.headers.set("X-Shopify-Retry-Invalid-Session-Request", retry);
  return response;
}

async function dbOfApiToken(token: string, shopId: string): Promise<TenantDb | null> {
  const database = webDatabase();
  const owner = await resolveApiToken(database, token);
  if (!owner) throw unauthenticated("The API token is unknown or was revoked.");
  return owner === shopId ? tenantDb(database, { kind: "shop", shopId }) : null;
}

async function dbOfSession({ request, context }: RouteArgs): Promise<TenantDb> {
  try {
    return (await requireShop({ request: withoutUserAgent(request), context })).db;
  } catch (thrown) {
    // Anything but a server error is a token that Shopify or the library did not take.
    if (!(thrown instanceof Response) || thrown.status >= 500) throw thrown;
    throw unauthenticated("The session token is missing, expired or not valid.", thrown.headers);
  }
}

/** The library answers 410 to programs by their user agent; here programs are welcome. */
function withoutUserAgent(request: Request): Request {
  const headers = new Headers(request.headers);
  headers.delete("User-Agent");
  return new Request(request.url, { headers, signal: request.signal });
}
