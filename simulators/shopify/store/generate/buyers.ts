import { numberedId } from "../ids";
import type { Random } from "../random";
import type { AddressRecord, CustomerRecord } from "../records";
import { makeAddress } from "./places";

const FIRST = [
  "Ana",
  "Ben",
  "Chloe",
  "Diego",
  "Elif",
  "Finn",
  "Grace",
  "Hana",
  "Ivan",
  "Jane",
  "Kofi",
  "Lena",
  "Mia",
  "Noor",
  "Omar",
  "Priya",
  "Quinn",
  "Rosa",
  "Sam",
  "Tara",
  "Uma",
  "Vera",
  "Will",
  "Ximena",
  "Yuki",
  "Zoe",
];
const LAST = [
  "Adams",
  "Baker",
  "Costa",
  "Diaz",
  "Evans",
  "Fischer",
  "Garcia",
  "Haddad",
  "Ito",
  "Jensen",
  "Khan",
  "Lopez",
  "Meyer",
  "Novak",
  "Okafor",
  "Patel",
  "Quist",
  "Rossi",
  "Silva",
  "Tanaka",
  "Usman",
  "Vega",
  "Weber",
  "Young",
];

/** Who places an order, as the checkout knows them. */
export interface Buyer {
  customer: CustomerRecord | null;
  email: string | null;
  phone: string | null;
  address: AddressRecord | null;
  pos: boolean;
}

/** The people of a store: a long tail of repeat customers, guests, and strangers at the till. */
export class Buyers {
  readonly customers: CustomerRecord[] = [];
  /** One entry an order: drawing from it makes frequent buyers more frequent still. */
  private readonly history: CustomerRecord[] = [];
  private readonly guests: { email: string; address: AddressRecord }[] = [];
  private addresses = 0;

  constructor(
    private readonly random: Random,
    private readonly countryCode: string,
  ) {}

  /** Who orders at an instant; who came by an ad is at no till, and more often new. */
  draw(at: number, byAd = false): Buyer {
    const kind = this.random.weighted(byAd ? [86, 13, 1, 0, 0] : [80, 11, 1, 6, 2]);
    if (kind === 1) return this.guest();
    if (kind === 2) return { ...NOBODY, phone: this.phone(), address: this.address() };
    if (kind === 3) return { ...NOBODY, pos: true };
    const customer = this.customer(at, byAd ? 0.2 : 0.46);
    return {
      customer,
      email: customer.email,
      phone: null,
      address: kind === 4 ? null : customer.address,
      pos: kind === 4,
    };
  }

  private customer(at: number, returning: number): CustomerRecord {
    const known = this.history.length > 0 && this.random.chance(returning);
    const customer = known ? this.random.pick(this.history) : this.newCustomer(at);
    this.history.push(customer);
    return customer;
  }

  private newCustomer(at: number): CustomerRecord {
    const n = this.customers.length;
    const firstName = this.random.pick(FIRST);
    const lastName = this.random.pick(LAST);
    const customer: CustomerRecord = {
      id: numberedId("Customer", n * 7),
      email: this.random.chance(0.97)
        ? `${firstName}.${lastName}${n}@example.com`.toLowerCase()
        : null,
      phone: this.random.chance(0.15) ? this.phone() : null,
      firstName,
      lastName,
      createdAt: at,
      updatedAt: at,
      orders: 0,
      spent: 0,
      address: this.address(firstName, lastName),
    };
    this.customers.push(customer);
    return customer;
  }

  /** Email only. Some come back and write it differently; a few use a known customer's address. */
  private guest(): Buyer {
    const roll = this.random.next();
    const customer =
      roll < 0.04 && this.customers.length > 0 ? this.random.pick(this.customers) : null;
    if (customer?.email) return { ...NOBODY, email: customer.email, address: customer.address };
    if (roll < 0.4 && this.guests.length > 0) {
      const guest = this.random.pick(this.guests);
      const email = this.random.chance(0.4)
        ? guest.email.replace(/^[a-z]|@e/g, (c) => c.toUpperCase())
        : guest.email;
      return { ...NOBODY, email, address: guest.address };
    }
    const firstName = this.random.pick(FIRST);
    const email = `${firstName.toLowerCase()}.guest${this.guests.length}@example.org`;
    const guest = { email, address: this.address(firstName, this.random.pick(LAST)) };
    this.guests.push(guest);
    return { ...NOBODY, ...guest };
  }

  private address(firstName: string | null = null, lastName: string | null = null): AddressRecord {
    this.addresses += 1;
    const id = numberedId("MailingAddress", this.addresses);
    return makeAddress(this.random, this.countryCode, id, firstName, lastName);
  }

  private phone(): string {
    return `+1212555${String(this.random.int(0, 9999)).padStart(4, "0")}`;
  }
}

const NOBODY: Buyer = { customer: null, email: null, phone: null, address: null, pos: false };
