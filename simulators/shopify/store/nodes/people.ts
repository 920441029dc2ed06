import { gid } from "../ids";
import type { AddressRecord, CustomerRecord } from "../records";
import type { PlainNode } from "../types";
import { instant, money } from "./context";

/** MailingAddress. */
export function addressNode(address: AddressRecord | null): PlainNode | null {
  if (!address) return null;
  const { id, ...fields } = address;
  const { countryCode, ...plain } = fields;
  const name = [address.firstName, address.lastName].filter(Boolean).join(" ");
  return {
    __typename: "MailingAddress",
    id: gid("MailingAddress", id),
    ...plain,
    countryCodeV2: countryCode,
    name: name || null,
    address2: null,
    company: null,
    phone: null,
    latitude: null,
    longitude: null,
    coordinatesValidated: false,
    timeZone: null,
    validationResultSummary: "NO_ISSUES",
    formatted: [
      address.address1,
      [address.city, address.zip].filter(Boolean).join(" "),
      address.country,
    ].filter(Boolean),
    formattedArea: [address.city, address.provinceCode, address.country].filter(Boolean).join(", "),
  };
}

/** Customer, without the connections that lead back to its orders. */
export function customerNode(customer: CustomerRecord, currency: string): PlainNode {
  const name = [customer.firstName, customer.lastName].filter(Boolean).join(" ");
  return {
    __typename: "Customer",
    id: gid("Customer", customer.id),
    legacyResourceId: String(customer.id),
    createdAt: instant(customer.createdAt),
    updatedAt: instant(customer.updatedAt),
    firstName: customer.firstName,
    lastName: customer.lastName,
    displayName: name || customer.email || `Customer ${customer.id}`,
    email: customer.email,
    phone: customer.phone,
    defaultEmailAddress: customer.email ? emailAddress(customer.email) : null,
    defaultPhoneNumber: customer.phone ? { phoneNumber: customer.phone } : null,
    defaultAddress: addressNode(customer.address),
    addressesV2: customer.address ? [addressNode(customer.address)] : [],
    numberOfOrders: String(customer.orders),
    amountSpent: money(customer.spent, currency),
    state: "DISABLED",
    statistics: { predictedSpendTier: null, rfmGroup: null },
    canDelete: customer.orders === 0,
    dataSaleOptOut: false,
    lifetimeDuration: "over 1 year",
    locale: "en",
    multipassIdentifier: null,
    note: null,
    productSubscriberStatus: "NEVER_SUBSCRIBED",
    taxExempt: false,
    taxExemptions: [],
    tags: [],
    verifiedEmail: customer.email !== null,
    companyContactProfiles: [],
    metafields: [],
    events: [],
  };
}

function emailAddress(email: string): PlainNode {
  return {
    emailAddress: email,
    marketingState: "NOT_SUBSCRIBED",
    marketingOptInLevel: null,
    marketingUpdatedAt: null,
    openTrackingLevel: "UNKNOWN",
    validFormat: true,
  };
}
