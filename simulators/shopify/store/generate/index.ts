import { instant } from "../nodes/context";
import { OrderBook } from "../orders/book";
import type { OrderDraft } from "../orders/draft";
import type { OrderInput } from "../orders/place";
import { refundOrder } from "../orders/refunds";
import { createRandom, type Random } from "../random";
import type { OrderRecord } from "../records";
import type { ProductRecord } from "../records-catalogue";
import { simShop, storeOfRecords } from "../store-from-orders";
import type { GenerateOptions, SimStore } from "../types";
import { drawDiscounts, drawLines, drawShipping } from "./basket";
import { type Buyer, Buyers } from "./buyers";
import { type Arrival, orderArrivals } from "./calendar";
import { makeCatalogue } from "./catalogue";
import { payAtTill, payOnline } from "./checkout";
import { cornerInstants } from "./corners";
import {
  ageCatalogue,
  askForReturn,
  draftsOf,
  drawExtras,
  extraRandom,
  payWithGiftCard,
} from "./extras";
import { drawJourney } from "./journeys";
import { liveOn } from "./life";
import { taxesFor } from "./places";

const DAY = 86_400_000;
/** Position among the ids where those of open drafts begin, beyond any store's orders. */
const OPEN_DRAFTS = 10_000_000;

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
  const corners = options.corners ? cornerInstants({ ...options, now: new Date(now) }) : [];
  const arrivals = withCorners(orderArrivals(random, { ...options, now: new Date(now) }), corners);
  arrivals.forEach((arrival, n) => {
    const buyer = buyers.draw(arrival.at, arrival.click !== null);
    const input = drawOrder(random, options, catalogue, buyer, arrival, n);
    const more = extraRandom(options.seed, n);
    const extras = drawExtras(more, options.currency, input, options.unknownRows ?? false);
    const draft = book.place({ ...input, ...extras });
    const payment = buyer.pos ? payAtTill(draft, random) : payOnline(draft, random, now);
    payWithGiftCard(draft, more);
    if (arrival.corner) takeBackAtCorner(draft, corners);
    else liveOn({ draft, random, now, catalogue }, payment);
    askForReturn(draft, more, now);
  });
  const more = extraRandom(options.seed, -1);
  ageCatalogue(catalogue, more, now);
  const records = book.drafts.map((draft) => draft.record);
  const wereDrafts = book.drafts.filter((one) => one.record.sourceName === "shopify_draft_order");
  const drafts = draftsOf(wereDrafts, openDrafts(options, more, catalogue, now), more);
  return storeOfRecords(shop, records, catalogue, buyers.customers, drafts);
}

function withCorners(arrivals: Arrival[], corners: number[]): Arrival[] {
  const more = corners.map((at) => ({ at, click: null, corner: true }));
  return [...arrivals, ...more].sort((a, b) => a.at - b.at);
}

/** Gives one piece of an order back at the corner after its own: then rows of refunds stand there too. */
function takeBackAtCorner(draft: OrderDraft, corners: number[]): void {
  const at = corners.find((corner) => corner > draft.record.updatedAt);
  const line = draft.record.lines.find(({ kind }) => kind === "PRODUCT");
  if (at === undefined || !line) return;
  refundOrder(draft, { at, lines: [{ lineId: line.id, quantity: 1 }] });
}

/** Carts that the merchant has written down and nobody has paid: one for every thousand orders, three at least. */
function openDrafts(
  options: GenerateOptions,
  random: Random,
  catalogue: ProductRecord[],
  now: number,
): OrderDraft[] {
  const book = new OrderBook(options.currency, OPEN_DRAFTS);
  for (let n = Math.max(3, Math.floor(options.orders / 1000)); n > 0; n -= 1) {
    const lines = drawLines(random, catalogue, taxesFor(options.currency, null).goods, false);
    const { included: taxesIncluded } = taxesFor(options.currency, null);
    book.place({ createdAt: now - random.int(1, 500) * 60_000, lines, taxesIncluded });
  }
  return book.drafts;
}

/** An order of this buyer: what is in the basket, how it is sent, discounted, taxed and found. */
export function drawOrder(
  random: Random,
  { currency, ads }: Pick<GenerateOptions, "currency" | "ads">,
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
