import type { KnownShop, SimulatorContext } from "./context";
import { revokeAll } from "./oauth/tokens";

/** Managed installation: the shop grants what the app's TOML asks for. */
export function installApp(context: SimulatorContext, shop: KnownShop): void {
  shop.state.installed = true;
  shop.state.scopes = [...context.manifest.scopes];
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
