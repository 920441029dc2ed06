import { numberedId } from "../ids";
import { minorDigits } from "../money";
import type { Random } from "../random";
import type { ProductRecord, VariantRecord } from "../records-catalogue";

const KINDS = [
  { type: "Shirts", nouns: ["Tee", "Oxford Shirt", "Henley"], low: 1900, high: 6900, grams: 250 },
  {
    type: "Outerwear",
    nouns: ["Parka", "Rain Shell", "Overshirt"],
    low: 8900,
    high: 24900,
    grams: 900,
  },
  {
    type: "Knitwear",
    nouns: ["Crew Sweater", "Cardigan", "Beanie"],
    low: 2400,
    high: 12900,
    grams: 450,
  },
  { type: "Bags", nouns: ["Tote", "Backpack", "Weekender"], low: 3900, high: 18900, grams: 800 },
  { type: "Home", nouns: ["Throw", "Candle", "Mug"], low: 1450, high: 9900, grams: 600 },
] as const;
const STYLES = [
  "Harbor",
  "Cedar",
  "Meadow",
  "Summit",
  "Dune",
  "Juniper",
  "Slate",
  "Ember",
  "Fjord",
  "Willow",
];
const SIZES = ["S", "M", "L", "XL"];
const VENDORS = ["Northbound", "Field & Fold", "Atelier Lune"];

/** Cents of a dollar price as minor units of the shop's currency, near what such a thing costs there. */
export function localPrice(cents: number, currency: string): number {
  const digits = minorDigits(currency);
  if (digits === 0) return Math.round((cents * 1.5) / 10) * 10;
  return digits === 3 ? cents * 3 : cents;
}

/** About 50 products with 1 to 4 variants each; the last product is the gift card. */
export function makeCatalogue(
  random: Random,
  currency: string,
  createdAt: number,
): ProductRecord[] {
  const products: ProductRecord[] = [];
  let variants = 0;
  const add = (
    fields: Pick<ProductRecord, "title" | "productType" | "giftCard"> & {
      variants: Omit<VariantRecord, "id" | "inventoryItemId" | "costHistory">[];
    },
  ) => {
    const n = products.length;
    products.push({
      id: numberedId("Product", n),
      handle: fields.title.toLowerCase().replace(/[^a-z0-9]+/g, "-"),
      vendor: VENDORS[n % VENDORS.length] ?? "Northbound",
      tags: [fields.productType.toLowerCase()],
      status: "ACTIVE",
      createdAt,
      updatedAt: createdAt,
      metafields: [],
      ...fields,
      variants: fields.variants.map((variant) => {
        variants += 1;
        return {
          ...variant,
          costHistory: [{ since: createdAt, cost: variant.unitCost }],
          id: numberedId("ProductVariant", variants),
          inventoryItemId: numberedId("InventoryItem", variants),
        };
      }),
    });
  };
  for (const style of STYLES) {
    for (const kind of KINDS) {
      const title = `${style} ${random.pick(kind.nouns)}`;
      const price = localPrice(
        random.int(kind.low / 100, kind.high / 100) * 100 + random.pick([0, 50, 95, 99]),
        currency,
      );
      const sizes = SIZES.slice(0, random.int(1, 4));
      // Some merchants never enter a cost.
      const unitCost = random.chance(0.9)
        ? Math.round(price * (0.25 + random.next() * 0.25))
        : null;
      add({
        title,
        productType: kind.type,
        giftCard: false,
        variants: sizes.map((size) => ({
          title: sizes.length === 1 ? "Default Title" : size,
          sku: `${style.slice(0, 3)}-${title.split(" ").pop()}-${products.length}-${size}`.toUpperCase(),
          price,
          compareAtPrice: random.chance(0.2) ? Math.round(price * 1.25) : null,
          unitCost,
          inventoryQuantity: random.int(0, 400),
          weightGrams: kind.grams,
        })),
      });
    }
  }
  add({
    title: "Gift Card",
    productType: "Gift Cards",
    giftCard: true,
    variants: [2500, 5000, 10000].map((cents) => ({
      title: String(cents / 100),
      sku: `GIFT-${cents / 100}`,
      price: localPrice(cents, currency),
      compareAtPrice: null,
      unitCost: null,
      inventoryQuantity: 0,
      weightGrams: 0,
    })),
  });
  return products;
}
