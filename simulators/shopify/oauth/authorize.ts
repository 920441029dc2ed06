import { createHmac } from "node:crypto";
import { z } from "zod";
import { escapeHtml } from "../admin/html";
import type { KnownShop, SimulatorContext } from "../context";
import { installApp } from "../installation";

const querySchema = z.object({
  client_id: z.string(),
  redirect_uri: z.string().url(),
  scope: z.string().default(""),
  state: z.string().default(""),
  "grant_options[]": z.string().optional(),
});
type AuthorizeQuery = z.infer<typeof querySchema>;

/** The request of `/admin/oauth/authorize`, or the text with which it is refused. */
export function readAuthorize(
  context: SimulatorContext,
  query: unknown,
): AuthorizeQuery | { refusal: string } {
  const parsed = querySchema.safeParse(query);
  if (!parsed.success) return { refusal: "Oauth error invalid_request: a parameter is missing" };
  if (parsed.data.client_id !== context.apiKey) {
    return {
      refusal: "Oauth error invalid_request: Could not find Shopify API application with api_key",
    };
  }
  if (!isOwnAddress(context, parsed.data.redirect_uri)) {
    return { refusal: "Oauth error invalid_request: The redirect_uri is not whitelisted" };
  }
  return parsed.data;
}

/** The app's TOML lists where a code may be sent; the app's own origin always may get one. */
function isOwnAddress(context: SimulatorContext, uri: string): boolean {
  return (
    new URL(uri).origin === new URL(context.appUrl).origin ||
    context.manifest.redirectUrls.includes(uri)
  );
}

/** The page on which the shop's owner grants what the app asks for. */
export function consentPage(context: SimulatorContext, query: AuthorizeQuery): string {
  const scopes = scopesOf(context, query);
  const fields = Object.entries(query).map(
    ([name, value]) =>
      `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value ?? "")}">`,
  );
  const items = scopes.map((scope) => `<li>${escapeHtml(scope)}</li>`).join("");
  const name = escapeHtml(context.appName);
  return `<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Install ${name}</title>
<main><h1>Install ${name}</h1><p>${name} asks for:</p><ul>${items}</ul>
<form method="post" action="/admin/oauth/authorize">${fields.join("")}
<button type="submit">Install app</button></form></main></html>`;
}

/** Grants: the app is installed, and the browser goes back to it with a signed code. */
export function grantedAddress(
  context: SimulatorContext,
  shop: KnownShop,
  query: AuthorizeQuery,
): string {
  const scopes = scopesOf(context, query);
  installApp(context, shop, scopes);
  const online = query["grant_options[]"] === "per-user";
  const url = new URL(query.redirect_uri);
  const name = shop.state.domain.replace(/\.myshopify\.com$/, "");
  const parameters: Record<string, string> = {
    code: context.codes.give(shop.state.domain, scopes, online),
    host: Buffer.from(`admin.shopify.com/store/${name}`).toString("base64").replace(/=+$/, ""),
    shop: shop.state.domain,
    state: query.state,
    timestamp: String(Math.floor(context.now().getTime() / 1000)),
  };
  // In the order of their names, which is how the signature is made.
  const message = Object.entries(parameters)
    .map(([key, value]) => `${key}=${value}`)
    .join("&");
  const hmac = createHmac("sha256", context.apiSecret).update(message).digest("hex");
  for (const [key, value] of Object.entries({ ...parameters, hmac })) {
    url.searchParams.set(key, value);
  }
  return url.toString();
}

/** What the address asks for; what the TOML asks for where it names nothing. */
function scopesOf(context: SimulatorContext, query: AuthorizeQuery): string[] {
  const asked = query.scope.split(",").flatMap((scope) => scope.trim() || []);
  return asked.length > 0 ? asked : [...context.manifest.scopes];
}
