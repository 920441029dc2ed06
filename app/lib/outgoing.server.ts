import { env } from "./env.server";

/**
 * The one way out of the app. With SIMULATOR_ORIGIN set, every call goes to the stand-in, which
 * reads from `x-simulated-host` whom it was meant for; nothing else in the app knows about it.
 */
export const outgoingFetch: typeof fetch = (input, init) =>
  createOutgoingFetch(env().SIMULATOR_ORIGIN)(input, init);

/** `outgoingFetch` for a given stand-in, or plain `fetch` without one. */
export function createOutgoingFetch(simulatorOrigin: string | undefined): typeof fetch {
  if (!simulatorOrigin) return fetch;
  return (input, init) => {
    const original = new URL(input instanceof Request ? input.url : input);
    if (original.origin === simulatorOrigin) return fetch(input, init);
    const target = new URL(original.pathname + original.search, simulatorOrigin);
    const headers = new Headers(
      init?.headers ?? (input instanceof Request ? input.headers : undefined),
    );
    headers.set("x-simulated-host", original.host);
    return fetch(input instanceof Request ? new Request(target, input) : target, {
      ...init,
      headers,
    });
  };
}

export interface SimulatorSettings {
  /** The script that stands for Shopify's App Bridge. */
  appBridgeUrl: string;
  /** The origin that may frame the app, besides Shopify's own. */
  frameAncestor: string;
}

/** What pages must know of the stand-in; null when the app talks to the real Shopify. */
export function simulatorSettings(): SimulatorSettings | null {
  const origin = env().SIMULATOR_ORIGIN;
  if (!origin) return null;
  return { appBridgeUrl: `${origin}/shopifycloud/app-bridge.js`, frameAncestor: origin };
}

/** Where the browser finds a page of the Shopify admin or of Meta's login. */
export function browserUrl(url: string): string {
  const simulator = simulatorSettings();
  if (!simulator) return url;
  return url.replace(/^https:\/\/(admin\.shopify|www\.facebook)\.com/, simulator.frameAncestor);
}
