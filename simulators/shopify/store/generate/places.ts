import type { Random } from "../random";
import type { AddressRecord, TaxRate } from "../records";

interface Place {
  weight: number;
  city: string;
  zip: string;
  province: string | null;
  provinceCode: string | null;
  country: string;
  countryCode: string;
}

const US = { country: "United States", countryCode: "US" };
const PLACES: Place[] = [
  { weight: 22, city: "Austin", zip: "78701", province: "Texas", provinceCode: "TX", ...US },
  { weight: 20, city: "Brooklyn", zip: "11201", province: "New York", provinceCode: "NY", ...US },
  {
    weight: 24,
    city: "Los Angeles",
    zip: "90012",
    province: "California",
    provinceCode: "CA",
    ...US,
  },
  { weight: 10, city: "Seattle", zip: "98101", province: "Washington", provinceCode: "WA", ...US },
  { weight: 8, city: "Portland", zip: "97201", province: "Oregon", provinceCode: "OR", ...US },
  {
    weight: 8,
    city: "Toronto",
    zip: "M5V 2T6",
    province: "Ontario",
    provinceCode: "ON",
    country: "Canada",
    countryCode: "CA",
  },
  {
    weight: 4,
    city: "London",
    zip: "EC1A 1BB",
    province: null,
    provinceCode: null,
    country: "United Kingdom",
    countryCode: "GB",
  },
  {
    weight: 3,
    city: "Berlin",
    zip: "10115",
    province: null,
    provinceCode: null,
    country: "Germany",
    countryCode: "DE",
  },
  {
    weight: 1,
    city: "Tokyo",
    zip: "100-0001",
    province: "Tokyo",
    provinceCode: "JP-13",
    country: "Japan",
    countryCode: "JP",
  },
];
const STREETS = ["Oak Street", "Main Street", "Hill Road", "Station Avenue", "Park Lane"];

/** Rates on top of the price, by where the goods go; Oregon and buyers abroad pay none here. */
const RATES: Record<string, TaxRate[]> = {
  TX: [
    { title: "Texas State Tax", ppm: 62_500 },
    { title: "Austin City Tax", ppm: 20_000 },
  ],
  NY: [
    { title: "New York State Tax", ppm: 40_000 },
    { title: "New York City Tax", ppm: 48_750 },
  ],
  CA: [{ title: "California State Tax", ppm: 82_500 }],
  WA: [{ title: "Washington State Tax", ppm: 103_500 }],
  ON: [{ title: "HST", ppm: 130_000 }],
};
/** Where shipping itself is taxed. */
const TAXED_SHIPPING = new Set(["TX", "NY", "WA", "ON"]);

/** Shops whose prices hold the tax. */
const INCLUDED: Record<string, TaxRate[]> = {
  EUR: [{ title: "MwSt", ppm: 190_000 }],
  GBP: [{ title: "VAT", ppm: 200_000 }],
  JPY: [{ title: "CT", ppm: 100_000 }],
  AUD: [{ title: "GST", ppm: 100_000 }],
};

export function makeAddress(
  random: Random,
  countryCode: string,
  id: number,
  firstName: string | null,
  lastName: string | null,
): AddressRecord {
  const home = PLACES.filter((place) => place.countryCode === countryCode);
  const pool = home.length > 0 && random.chance(0.5) ? home : PLACES;
  const { weight: _weight, ...place } =
    pool[random.weighted(pool.map((p) => p.weight))] ?? US_DEFAULT;
  return {
    id,
    firstName,
    lastName,
    address1: `${random.int(1, 999)} ${random.pick(STREETS)}`,
    ...place,
  };
}

const US_DEFAULT = PLACES[0] as Place;

/** How an order is taxed: rates of goods and of shipping, and whether prices hold them. */
export function taxesFor(
  currency: string,
  address: AddressRecord | null,
): { included: boolean; goods: TaxRate[]; shipping: TaxRate[] } {
  const included = INCLUDED[currency];
  if (included) return { included: true, goods: included, shipping: included };
  // At the till the shop's own place counts.
  const code = address ? (address.provinceCode ?? "") : "CA";
  const goods = RATES[code] ?? [];
  return { included: false, goods, shipping: TAXED_SHIPPING.has(code) ? goods : [] };
}
