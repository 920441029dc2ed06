import type { ShopState } from "./state";
import type { PlainNode } from "./store/types";

/** Fields of protected customer data, level 2: name, email, phone, address lines, zip, coordinates. */
const FIELDS: Record<string, ReadonlySet<string>> = {
  Order: new Set(["email", "phone", "clientIp"]),
  DraftOrder: new Set(["email", "phone"]),
  Customer: new Set([
    "email",
    "phone",
    "firstName",
    "lastName",
    "defaultEmailAddress",
    "defaultPhoneNumber",
    "note",
  ]),
  MailingAddress: new Set([
    "name",
    "firstName",
    "lastName",
    "address1",
    "address2",
    "zip",
    "phone",
    "latitude",
    "longitude",
  ]),
};

/** Customer-related roots and types: level 1. */
const ROOTS = new Set([
  "order",
  "orders",
  "ordersCount",
  "customer",
  "customers",
  "customersCount",
  "draftOrder",
  "draftOrders",
  "draftOrdersCount",
  "return",
]);

/** How much customer data the app was approved for: 0 none, 1 without personal fields, 2 all. */
export type ProtectedDataLevel = 0 | 1 | 2;

export function protectedDataLevel(state: ShopState): ProtectedDataLevel {
  return state.protectedData ?? 2;
}

export function isPersonalField(type: string, field: string): boolean {
  return FIELDS[type]?.has(field) ?? false;
}

export function isCustomerRoot(field: string): boolean {
  return ROOTS.has(field);
}

/** Keys of REST bodies that name or reach a person. */
const REST_KEYS = new Set([
  "email",
  "contact_email",
  "phone",
  "browser_ip",
  "first_name",
  "last_name",
  "address1",
  "address2",
  "zip",
  "latitude",
  "longitude",
]);

/** A webhook's body as an app without level 2 gets it: personal keys are null (reference §5, unverified). */
export function withoutPersonalData(state: ShopState, body: PlainNode): PlainNode {
  if (protectedDataLevel(state) === 2) return body;
  const text = JSON.stringify(body, (key, value) => (REST_KEYS.has(key) ? null : value));
  return JSON.parse(text);
}
