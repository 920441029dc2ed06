import { instant } from "../nodes/context";
import { OrderBook } from "../orders/book";
import type { OrderInput } from "../orders/place";
import { createRandom, type Random } from "../random";
import type { OrderRecord } from "../records";
import { simShop, storeOfRecords } from "../store-from-orders";
import type { GenerateOptions, SimStore } from "../types";
import { drawDiscounts, drawLines, drawShipping } from "./basket";
import { type Buyer, Buyers } from "./buyers";
import { type Arrival, orderArrivals } from "./calendar";
import { makeCatalogue } from "./catalogue";
import { payAtTill, payOnline } from "./checkout";
import { drawJourney } from "./journeys";
import { liveOn } from "./life";
import { taxesFor } from "./places";

const DAY = 86_400_000;

/** Presentment currencies a foreign buyer pays in, with minor units a minor unit of a dollar buys. */
const FOREIGN: Record<string, { currency: string; ratePpm: number }> = {
  CA: { currency: "CAD", ratePpm: 1_364_000 },
  GB: { currency: "GBP", ratePpm: 781_000 },
  DE: { currency: "EUR", ratePpm: 921_000 },
  JP: { currency: "JPY", ratePpm: 1_507_000 },
};
const COUNTRIES: Record<string, string> = { EUR: "DE", GBP: "GB", CAD: "CA", JPY: "JP", AUD: "AU" };

/**
 * A store made from a seed: the same options give the same store, to the cent and the second.
 * Orders spread over `days` days of the shop's zone up to `now`, with every kind of case that the
 * ledger knows (see docs/decisions/005-stand-in-store.md).
 */
export function generateStore(options: GenerateOptions): SimStore {
  const random = createRandom(options.seed);
  const now = Math.floor(options.now.getTime() / 1000) * 1000;
  const opened = now - (options.days + 30) * DAY;
  const shop = simShop({
    id: 548_380_009 + (options.seed % 1_000_000),
    domain: options.domain,
    currency: options.currency,
    ianaTimezone: options.ianaTimezone,
    plan: options.plan,
    countryCode: COUNTRIES[options.currency] ?? "US",
    createdAt: instant(opened),
  });
  const catalogue = makeCatalogue(random, options.currency, opened);
  const buyers = new Buyers(random, shop.countryCode);
  const book = new OrderBook(options.currency);
  const arrivals = orderArrivals(random, { ...options, now: new Date(now) });
  arrivals.forEach((arrival, n) => {
    const buyer = buyers.draw(arrival.at, arrival.click !== null);
    const input = drawOrder(random, options, catalogue, buyer, arrival, n);
    const draft = book.place(input);
    const payment = buyer.pos ? payAtTill(draft, random) : payOnline(draft, random, now);
    liveOn({ draft, random, now, catalogue }, payment);
  });
  const records = book.drafts.map((draft) => draft.record);
  return storeOfRecords(shop, records, catalogue, buyers.customers);
}

function drawOrder(
  random: Random,
  { currency, ads }: GenerateOptions,
  catalogue: ReturnType<typeof makeCatalogue>,
  buyer: Buyer,
  { at, click }: Arrival,
  n: number,
): Omit<OrderInput, "currency"> {
  const { pos, ...who } = buyer;
  const taxes = taxesFor(currency, buyer.address);
  const lines = drawLines(random, catalogue, taxes.goods, pos);
  const shipping = pos ? [] : drawShipping(random, currency, lines, taxes.shipping);
  const imported = click === null && !pos && random.chance(0.008);
  return {
    createdAt: at,
    processedAt: imported ? at - random.int(3, 40) * DAY : at,
    ...who,
    lines,
    shipping,
    discounts: drawDiscounts(random, currency, lines, shipping),
    duties: drawDuties(random, buyer, lines[0]?.unitPrice ?? 0),
    taxesIncluded: taxes.included,
    presentment: pos ? null : presentmentFor(random, currency, buyer),
    sourceName: pos ? "pos" : imported ? "import" : "web",
    test: click === null && !pos && random.chance(0.005),
    tags: imported ? ["imported"] : [],
    journey: pos || imported ? null : drawJourney(random, at, n, ads ? { click } : null),
  };
}

/** Goods to Britain and Germany sometimes pay duty at the checkout. */
function drawDuties(random: Random, buyer: Buyer, price: number): OrderInput["duties"] {
  const abroad = buyer.address?.countryCode === "GB" || buyer.address?.countryCode === "DE";
  if (!abroad || !random.chance(0.15) || price === 0) return [];
  return [{ line: 0, amount: Math.ceil(price / 12), countryCode: "US", hsCode: "610910" }];
}

/** Foreign buyers of a dollar shop mostly pay in their own money, at a rate that moves a little. */
function presentmentFor(
  random: Random,
  currency: string,
  buyer: Buyer,
): OrderRecord["presentment"] {
  const foreign = FOREIGN[buyer.address?.countryCode ?? ""];
  if (currency !== "USD" || !foreign || !random.chance(0.7)) return null;
  return {
    currency: foreign.currency,
    ratePpm: Math.round(foreign.ratePpm * (0.96 + random.next() * 0.08)),
  };
}
