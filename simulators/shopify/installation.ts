import type { KnownShop, SimulatorContext } from "./context";
import { revokeAll } from "./oauth/tokens";

/** The shop grants what the app's TOML asks for (managed installation), or what an address asked. */
export function installApp(
  context: SimulatorContext,
  shop: KnownShop,
  scopes = context.manifest.scopes,
): void {
  shop.state.installed = true;
  shop.state.scopes = [...scopes];
  context.state.changed();
}

/** Every token dies at once, then `app/uninstalled` is sent. */
export function uninstallApp(context: SimulatorContext, shop: KnownShop): void {
  if (!shop.state.installed) return;
  shop.state.installed = false;
  shop.state.scopes = [];
  revokeAll(context, shop.state.domain);
  const { id, name, email, domain, countryCode, currency, ianaTimezone } = shop.data.shop;
  context.webhooks.send(domain, "app/uninstalled", {
    id,
    name,
    email,
    domain,
    myshopify_domain: domain,
    country_code: countryCode,
    currency,
    iana_timezone: ianaTimezone,
  });
}

/** The shop grants other scopes: they hold for the tokens that live, and `app/scopes_update` tells. */
export function changeScopes(context: SimulatorContext, shop: KnownShop, scopes: string[]): void {
  const previous = shop.state.scopes;
  shop.state.scopes = scopes;
  const content = context.state.content;
  for (const token of [...content.accessTokens, ...content.refreshTokens]) {
    if (token.shop === shop.state.domain) token.scopes = scopes;
  }
  context.state.changed();
  context.webhooks.send(shop.state.domain, "app/scopes_update", {
    id: 800_000_001,
    previous,
    current: scopes,
    updated_at: context.now().toISOString(),
    shop_id: shop.data.shop.id,
  });
}
