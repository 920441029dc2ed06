import { createHmac } from "node:crypto";
import { ORDINARY_USER_AGENT } from "../../scripts/demo/install";
import type { WebUnderTest } from "./web-app";
import { SHOP } from "./web-app";

async function ofSimulator(web: WebUnderTest, path: string, init?: RequestInit): Promise<unknown> {
  const answer = await fetch(`${web.simulator}/_sim${path}`, init);
  if (!answer.ok) throw new Error(`the stand-in answered ${answer.status} to ${path}`);
  return answer.json();
}

/** Gives the app to the shop, as a merchant does by a click in the admin. */
export async function grantApp(web: WebUnderTest, shop = SHOP): Promise<void> {
  await ofSimulator(web, `/shops/${shop}/install`, { method: "POST" });
}

/** The address that the admin frames, with a fresh session token in it. */
export async function frameUrl(web: WebUnderTest, shop = SHOP, path = "/app"): Promise<string> {
  const answer = await ofSimulator(web, `/shops/${shop}/app-url?path=${encodeURIComponent(path)}`);
  return (answer as { url: string }).url;
}

/** Opens a document of the app as a browser does; redirects are not followed. */
export function openPage(url: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, {
    redirect: "manual",
    headers: { "User-Agent": ORDINARY_USER_AGENT, ...headers },
  });
}

/** Lets the shop in and opens the app once. */
export async function install(web: WebUnderTest, shop = SHOP): Promise<Response> {
  await grantApp(web, shop);
  return openPage(await frameUrl(web, shop));
}

/** A session token; `expired`, or signed with another secret, or made for another app, on demand. */
export async function sessionToken(
  web: WebUnderTest,
  shop = SHOP,
  odd: { expired?: "1"; secret?: string; key?: string } = {},
): Promise<string> {
  const query = new URLSearchParams(odd);
  const answer = await ofSimulator(web, `/shops/${shop}/session-token?${query}`);
  return (answer as { session_token: string }).session_token;
}

/** GET of an API path with a bearer token, or without any. */
export function api(web: WebUnderTest, path: string, token?: string): Promise<Response> {
  const headers: Record<string, string> = token ? { Authorization: `Bearer ${token}` } : {};
  return fetch(`${web.origin}${path}`, { headers });
}

/** What Shopify sends with a delivery. */
export function webhookHeaders(
  web: WebUnderTest,
  body: string,
  {
    topic,
    id,
    shop = SHOP,
    at = new Date(),
    event,
  }: { topic: string; id: string; shop?: string; at?: Date; event?: string },
): Record<string, string> {
  return {
    "Content-Type": "application/json",
    "X-Shopify-Hmac-Sha256": createHmac("sha256", web.apiSecret).update(body).digest("base64"),
    "X-Shopify-Topic": topic,
    "X-Shopify-Shop-Domain": shop,
    "X-Shopify-API-Version": "2026-01",
    "X-Shopify-Webhook-Id": id,
    "X-Shopify-Triggered-At": at.toISOString(),
    ...(event ? { "X-Shopify-Event-Id": event } : {}),
  };
}

const TABLES = [
  "app_dashboard.accounts",
  "app_dashboard.users",
  "app_dashboard.shops",
  "app_dashboard.user_shops",
  "app_dashboard.shop_credentials",
  "app_dashboard.sessions",
  "app_dashboard.sync_jobs",
  "app_dashboard.audit_log",
  "staging_ingest.shopify_webhooks_raw",
  "staging_ingest.shopify_dirty",
] as const;

/** How many rows each table holds that the web writes: equal before and after means nothing changed. */
export async function rowCounts(web: WebUnderTest): Promise<Record<string, number>> {
  const counts = TABLES.map(async (table) => {
    const { rows } = await web.db.admin.query(`SELECT count(*)::int AS rows FROM ${table}`);
    return [table, rows[0].rows as number] as const;
  });
  return Object.fromEntries(await Promise.all(counts));
}
