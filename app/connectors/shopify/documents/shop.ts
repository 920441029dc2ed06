/** What the app keeps of the shop itself. */
export const SHOP = `query Shop { shop {
id name email myshopifyDomain currencyCode ianaTimezone
plan { publicDisplayName shopifyPlus partnerDevelopment }
shopAddress { countryCodeV2 } } }`;
