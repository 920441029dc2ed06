import type { AdClick } from "../../ad-plan/ad-clicks";
import type { AdPlan } from "../../ad-plan/types";
import { drawOrder } from "../store/generate";
import type { Buyer } from "../store/generate/buyers";
import { payAtTill, payOnline } from "../store/generate/checkout";
import { drawExtras } from "../store/generate/extras";
import { makeAddress } from "../store/generate/places";
import { numberedId } from "../store/ids";
import type { OrderDraft } from "../store/orders/draft";
import { placeOrder } from "../store/orders/place";
import { eventIds } from "../store/orders/reopen";
import { createRandom, type Random } from "../store/random";
import type { SimShop, StoreRecords } from "../store/types";
import type { LiveClick } from "./events";

/** Position among the ids where those of later orders and people begin. */
const LATER_ORDERS = 40_000_000_000;
const LATER_VISITS = 1_000_000_000;
const LATER_PEOPLE = 10_000_000_000;
/** Orders stand apart, as in the store itself. */
const ORDER_STEP = 32_768;

export interface Placing {
  shop: SimShop;
  records: StoreRecords;
  /** Number of the event. */
  n: number;
  at: number;
  seed: number;
  /** How many orders the shop has ever had. */
  number: number;
  /** What the shop advertises, and the click that began this order; null for a shop without ads. */
  ads: { plan: AdPlan; click: LiveClick | null } | null;
}

/** A new order like those the store was made of. */
export function placeRandomOrder(placing: Placing): OrderDraft {
  const { shop, records, n, at } = placing;
  const random = createRandom(placing.seed);
  const buyer = drawBuyer(random, placing);
  const arrival = { at, click: clickOf(placing) };
  const options = { ...shop, ...(placing.ads && { ads: placing.ads.plan.options }) };
  const input = drawOrder(random, options, records.catalogue, buyer, arrival, LATER_VISITS + n);
  const extras = drawExtras(random, shop.currency, input, false);
  // An order that comes while somebody looks on is neither imported nor a test.
  const now = { processedAt: at, test: false, tags: [], sourceName: sourceOf(input, extras) };
  const draft = placeOrder(
    { currency: shop.currency, ...input, ...extras, ...now },
    { id: numberedId("Order", LATER_ORDERS + n * ORDER_STEP), number: 1001 + placing.number },
    eventIds(n),
  );
  if (buyer.pos) payAtTill(draft, random);
  else payOnline(draft, random, at);
  return draft;
}

function clickOf({ ads, at }: Placing): AdClick | null {
  const ad = ads?.plan.ads.find(({ id }) => id === ads.click?.adId);
  return ad && ads?.click ? { ad, clickedAt: ads.click.clickedAt, purchasedAt: at } : null;
}

function sourceOf(input: { sourceName?: string }, extras: { sourceName?: string }): string {
  const drawn = extras.sourceName ?? input.sourceName ?? "web";
  return drawn === "import" ? "web" : drawn;
}

/** Half of them known, the rest new customers and guests; who came by an ad is at no till, and more often new. */
function drawBuyer(random: Random, { shop, records, n, at, ads }: Placing): Buyer {
  const kind = random.weighted(ads?.click ? [20, 67, 13, 0] : [45, 40, 12, 3]);
  const nobody = { customer: null, email: null, phone: null, address: null, pos: kind === 3 };
  if (kind === 3) return nobody;
  const known = records.customers[Math.floor(random.next() * records.customers.length)];
  if (kind === 0 && known) {
    return { ...nobody, customer: known, email: known.email, address: known.address };
  }
  const [firstName, lastName] = [random.pick(["Alma", "Bo", "Cleo", "Dara"]), `Live${n}`];
  const addressId = numberedId("MailingAddress", LATER_PEOPLE + n);
  const address = makeAddress(random, shop.countryCode, addressId, firstName, lastName);
  const email = `${firstName}.${lastName}@example.com`.toLowerCase();
  if (kind === 2) return { ...nobody, email, address };
  const customer = {
    id: numberedId("Customer", LATER_PEOPLE + n),
    email,
    phone: null,
    firstName,
    lastName,
    createdAt: at,
    updatedAt: at,
    orders: 0,
    spent: 0,
    address,
  };
  return { ...nobody, customer, email, address };
}
