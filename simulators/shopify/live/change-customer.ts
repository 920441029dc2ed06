import { restCustomer } from "../rest/customer";
import { numberedId } from "../store/ids";
import type { SimShop, StoreRecords } from "../store/types";
import type { Announcement } from "./announce";
import { ImpossibleError } from "./change-order";
import { customerChange, type StoreEvent } from "./events";

type CustomerEvent = Extract<StoreEvent, { kind: "customer" | "newCustomer" | "customerDeleted" }>;

/** Position among the ids where those of people without orders begin. */
const IDLE_PEOPLE = 20_000_000_000;

/** Lets a customer come, change or go. Throws ImpossibleError for one the store lacks. */
export function changePeople(
  shop: SimShop,
  records: StoreRecords,
  event: CustomerEvent,
): Announcement[] {
  const told =
    event.kind === "customer"
      ? changeCustomer(shop, records, event)
      : event.kind === "newCustomer"
        ? newCustomer(shop, records, event)
        : deleteCustomer(records, event);
  records.changed();
  return told;
}

function newCustomer(
  shop: SimShop,
  { customers }: StoreRecords,
  event: Extract<CustomerEvent, { kind: "newCustomer" }>,
): Announcement[] {
  const given = customerChange.parse(event.input);
  const customer = {
    id: numberedId("Customer", IDLE_PEOPLE + event.n),
    email: given.email ?? null,
    phone: null,
    firstName: given.first_name ?? null,
    lastName: given.last_name ?? null,
    createdAt: event.at,
    updatedAt: event.at,
    orders: 0,
    spent: 0,
    address: null,
  };
  customers.push(customer);
  return [{ topic: "customers/create", body: restCustomer(shop, customer) }];
}

/** Shopify deletes nobody who has ordered. */
function deleteCustomer(
  { customers }: StoreRecords,
  event: Extract<CustomerEvent, { kind: "customerDeleted" }>,
): Announcement[] {
  const position = customers.findIndex((one) => one.id === event.customerId);
  const customer = customers[position];
  if (!customer) throw new ImpossibleError(`no customer ${event.customerId}`);
  if (customer.orders > 0) {
    throw new ImpossibleError("Customer can't be deleted because they have associated orders");
  }
  customers.splice(position, 1);
  return [{ topic: "customers/delete", body: { id: customer.id } }];
}

function changeCustomer(
  shop: SimShop,
  { customers }: StoreRecords,
  event: Extract<CustomerEvent, { kind: "customer" }>,
): Announcement[] {
  const customer = customers.find((one) => one.id === event.customerId);
  if (!customer) throw new ImpossibleError(`no customer ${event.customerId}`);
  const change = customerChange.parse(event.input);
  if (change.first_name !== undefined) customer.firstName = change.first_name;
  if (change.last_name !== undefined) customer.lastName = change.last_name;
  if (change.email !== undefined) customer.email = change.email;
  customer.updatedAt = Math.max(customer.updatedAt, event.at);
  return [{ topic: "customers/update", body: restCustomer(shop, customer) }];
}
