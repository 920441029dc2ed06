import type { KnownShop, SimulatorContext } from "../context";
import type { PlainNode } from "../store/types";

/** The `shop` of a query, from what the store says of itself. */
export function shopObject({ data, state }: KnownShop): PlainNode {
  const shop = data.shop;
  const owner = state.staff.find((member) => member.accountOwner);
  const isPlus = shop.plan === "plus";
  const name = isPlus ? "Shopify Plus" : "Basic";
  const host = shop.domain;
  const address = {
    __typename: "ShopAddress",
    id: `gid://shopify/ShopAddress/${shop.id}`,
    countryCodeV2: shop.countryCode,
  };
  return {
    __typename: "Shop",
    id: `gid://shopify/Shop/${shop.id}`,
    name: shop.name,
    email: shop.email,
    contactEmail: shop.email,
    shopOwnerName: owner ? `${owner.firstName} ${owner.lastName}` : shop.name,
    description: null,
    myshopifyDomain: host,
    url: `https://${host}`,
    currencyCode: shop.currency,
    enabledPresentmentCurrencies: [shop.currency],
    ianaTimezone: shop.ianaTimezone,
    timezoneAbbreviation: zoneAbbreviation(shop.ianaTimezone),
    createdAt: shop.createdAt,
    updatedAt: shop.createdAt,
    setupRequired: false,
    taxesIncluded: false,
    plan: {
      __typename: "ShopPlan",
      displayName: name,
      publicDisplayName: name,
      shopifyPlus: isPlus,
      partnerDevelopment: false,
    },
    billingAddress: address,
    shopAddress: address,
    primaryDomain: {
      __typename: "Domain",
      id: `gid://shopify/Domain/${shop.id}`,
      host,
      url: `https://${host}`,
      sslEnabled: true,
    },
  };
}

function zoneAbbreviation(zone: string): string {
  const parts = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "short" });
  return (
    parts.formatToParts(new Date()).find((part) => part.type === "timeZoneName")?.value ?? zone
  );
}

/** The app as installed on the shop, with what it may read. */
export function appInstallation(context: SimulatorContext, scopes: string[]): PlainNode {
  return {
    __typename: "AppInstallation",
    id: "gid://shopify/AppInstallation/900000001",
    launchUrl: context.appUrl,
    accessScopes: scopes.map((handle) => ({
      __typename: "AccessScope",
      handle,
      description: handle.replaceAll("_", " "),
    })),
    activeSubscriptions: [],
    app: {
      __typename: "App",
      id: "gid://shopify/App/800000001",
      title: context.appName,
      apiKey: context.apiKey,
      embedded: true,
    },
  };
}
