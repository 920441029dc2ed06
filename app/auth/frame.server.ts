import { env } from "~/lib/env.server";
import { browserUrl, simulatorSettings } from "~/lib/outgoing.server";
import { shopify } from "./shopify.server";

const APP_BRIDGE_URL = "https://cdn.shopify.com/shopifycloud/app-bridge.js";

/** What a document needs to load App Bridge. */
export function appBridge(): { apiKey: string; url: string } {
  return {
    apiKey: env().SHOPIFY_API_KEY,
    url: simulatorSettings()?.appBridgeUrl ?? APP_BRIDGE_URL,
  };
}

/** Where a person sees the app in their shop's admin. */
export function shopAdminUrl(shopId: string): string {
  const store = shopId.replace(/\.myshopify\.com$/, "");
  return browserUrl(`https://admin.shopify.com/store/${store}/apps/${env().SHOPIFY_API_KEY}`);
}

/** Lets the shop's admin, and no one else, frame the document. */
export function addFrameHeaders(request: Request, headers: Headers): void {
  shopify().addDocumentResponseHeaders(request, headers);
  if (!headers.has("Content-Security-Policy")) {
    // No shop is named: a page that stands alone, which nobody has to frame.
    headers.set("Content-Security-Policy", "frame-ancestors 'none';");
    return;
  }
  allowSimulator(headers);
}

function allowSimulator(headers: Headers): void {
  const simulator = simulatorSettings();
  const policy = headers.get("Content-Security-Policy");
  if (!simulator || !policy) return;
  headers.set(
    "Content-Security-Policy",
    policy.replace("frame-ancestors ", `frame-ancestors ${simulator.frameAncestor} `),
  );
  headers.delete("Link");
}

/**
 * A Response that the library threw (bounce page, way out of the frame, redirect to the admin) as
 * it may leave the app: the same, unless a stand-in plays Shopify.
 */
export async function throughFrame(response: Response): Promise<Response> {
  const simulator = simulatorSettings();
  if (!simulator) return response;
  const headers = new Headers(response.headers);
  allowSimulator(headers);
  const location = headers.get("Location");
  if (location) headers.set("Location", browserUrl(location));
  const isPage = headers.get("Content-Type")?.startsWith("text/html");
  const body = isPage
    ? (await response.text()).replaceAll(APP_BRIDGE_URL, simulator.appBridgeUrl)
    : response.body;
  return new Response(body, { status: response.status, statusText: response.statusText, headers });
}
