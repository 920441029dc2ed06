import { type Body, enumName, gidOf, isBody, renamed, textOrNull } from "./values";

/** An address as GraphQL has it. */
export function address(value: unknown) {
  if (!isBody(value)) return value;
  return renamed(value, {
    first_name: "firstName",
    last_name: "lastName",
    name: "name",
    company: "company",
    address1: "address1",
    address2: "address2",
    city: "city",
    zip: "zip",
    province: "province",
    province_code: "provinceCode",
    country: "country",
    country_code: "countryCodeV2",
    phone: "phone",
    latitude: "latitude",
    longitude: "longitude",
  });
}

export function customer(value: unknown) {
  if (!isBody(value)) return value;
  const orders = value.orders_count;
  return {
    __typename: "Customer",
    id: gidOf("Customer", value),
    ...renamed(value, {
      email: "email",
      phone: "phone",
      first_name: "firstName",
      last_name: "lastName",
      created_at: "createdAt",
      updated_at: "updatedAt",
      note: "note",
      tax_exempt: "taxExempt",
      verified_email: "verifiedEmail",
    }),
    state: enumName(value.state),
    numberOfOrders: orders === undefined || orders === null ? orders : String(orders),
  };
}

/**
 * The visit that the body tells of, the one that ended in the order. UTM parameters stand in the
 * landing page's address, where Shopify reads them too.
 */
export function journey(body: Body) {
  const landingPage = textOrNull(body.landing_site);
  const referrerUrl = textOrNull(body.referring_site);
  if (landingPage === undefined && referrerUrl === undefined) return undefined;
  if (landingPage === null && referrerUrl === null) return null;
  return {
    lastVisit: { landingPage, referrerUrl, utmParameters: utmOf(landingPage) },
  };
}

function utmOf(landingPage: unknown) {
  if (typeof landingPage !== "string") return null;
  const query = new URLSearchParams(landingPage.split("#")[0]?.split("?")[1] ?? "");
  const names = ["source", "medium", "campaign", "content", "term"] as const;
  if (!names.some((name) => query.has(`utm_${name}`))) return null;
  return Object.fromEntries(names.map((name) => [name, query.get(`utm_${name}`)]));
}
