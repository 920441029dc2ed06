import type { AddressRecord, CustomerRecord } from "../store/records";
import type { PlainNode, SimShop } from "../store/types";
import { restGid, restTime } from "./context";

/** A customer as webhooks carry it. */
export function restCustomer(shop: SimShop, customer: CustomerRecord): PlainNode {
  const consent = { state: "not_subscribed", opt_in_level: "single_opt_in" };
  return {
    id: customer.id,
    created_at: restTime(shop, customer.createdAt),
    updated_at: restTime(shop, customer.updatedAt),
    first_name: customer.firstName,
    last_name: customer.lastName,
    state: "disabled",
    note: null,
    verified_email: customer.email !== null,
    multipass_identifier: null,
    tax_exempt: false,
    email: customer.email,
    phone: customer.phone,
    currency: shop.currency,
    tax_exemptions: [],
    email_marketing_consent: customer.email ? { ...consent, consent_updated_at: null } : null,
    sms_marketing_consent: null,
    admin_graphql_api_id: restGid("Customer", customer.id),
    default_address: customer.address && {
      ...restAddress(customer.address),
      id: customer.address.id,
      customer_id: customer.id,
      default: true,
    },
  };
}

export function restAddress(address: AddressRecord | null): PlainNode | null {
  if (!address) return null;
  return {
    first_name: address.firstName,
    last_name: address.lastName,
    name: [address.firstName, address.lastName].filter(Boolean).join(" "),
    address1: address.address1,
    address2: null,
    company: null,
    phone: null,
    city: address.city,
    zip: address.zip,
    province: address.province,
    province_code: address.provinceCode,
    country: address.country,
    country_code: address.countryCode,
    latitude: null,
    longitude: null,
  };
}
