import type { OrderInput, ShippingInput } from "../orders/place";
import type { LineInput } from "../orders/sell";
import type { Random } from "../random";
import type { DiscountRecord, TaxRate } from "../records";
import type { ProductRecord } from "../records-catalogue";
import { localPrice } from "./catalogue";

/** 1 to 4 lines of the catalogue, now and then a gift card or a tip. */
export function drawLines(
  random: Random,
  catalogue: ProductRecord[],
  taxRates: TaxRate[],
  pos: boolean,
): LineInput[] {
  const goods = catalogue.length - 1;
  const lines: LineInput[] = [];
  for (let n = 1 + random.weighted([56, 27, 12, 5]); n > 0; n -= 1) {
    // A few products make most of the sales.
    const product = catalogue[Math.floor(random.next() ** 1.7 * goods)];
    if (product)
      lines.push(productLine(random, product, 1 + random.weighted([78, 16, 4, 2]), taxRates));
  }
  const giftCard = catalogue[goods];
  if (giftCard && random.chance(0.015)) {
    const line = {
      ...productLine(random, giftCard, 1, []),
      kind: "GIFT_CARD" as const,
      requiresShipping: false,
    };
    if (random.chance(0.3)) return [line];
    lines.push(line);
  }
  if (random.chance(pos ? 0.1 : 0.015)) lines.push(tipLine(lines, random));
  return lines;
}

/** A line of one of the product's variants. */
export function productLine(
  random: Random,
  product: ProductRecord,
  quantity: number,
  taxRates: TaxRate[],
): LineInput {
  const variant = random.pick(product.variants);
  return {
    kind: "PRODUCT",
    title: product.title,
    variantTitle: variant.title === "Default Title" ? null : variant.title,
    sku: variant.sku,
    vendor: product.vendor,
    productId: product.id,
    variantId: variant.id,
    requiresShipping: true,
    weightGrams: variant.weightGrams,
    unitPrice: variant.price,
    quantity,
    taxRates,
  };
}

function tipLine(lines: LineInput[], random: Random): LineInput {
  const goods = lines.reduce((sum, line) => sum + line.unitPrice * line.quantity, 0);
  return {
    kind: "TIP",
    title: "Tip",
    variantTitle: null,
    sku: null,
    vendor: null,
    productId: null,
    variantId: null,
    requiresShipping: false,
    weightGrams: 0,
    unitPrice: Math.max(1, Math.round((goods * random.pick([5, 10, 15])) / 100)),
    quantity: 1,
    taxRates: [],
  };
}

type Discounts = NonNullable<OrderInput["discounts"]>;

/** Codes, automatic discounts on some lines, fixed amounts, free shipping; mostly none. */
export function drawDiscounts(
  random: Random,
  currency: string,
  lines: LineInput[],
  shipping: ShippingInput[],
): Discounts {
  const across = { target: "lines", method: "ACROSS", all: true } as const;
  const code = (label: string, value: DiscountRecord["value"]) => ({
    kind: "code" as const,
    label,
    value,
    ...across,
  });
  const kind = random.weighted([70, 10, 4, 6, 5, 2, 3]);
  if (kind === 1) return [code("WELCOME10", { percent: 10 })];
  if (kind === 2) return [code("VIP15", { percent: 15 })];
  if (kind === 3) return [code("TAKE7", { amount: localPrice(700, currency) })];
  if (kind === 4) {
    const entitled = [random.int(0, lines.length - 1)];
    return [
      {
        kind: "automatic",
        label: "Last season",
        value: { percent: 30 },
        target: "lines",
        method: "EACH",
        all: false,
        entitled,
      },
    ];
  }
  if (kind === 5) {
    return [
      { kind: "automatic", label: "Spend and save", value: { percent: 12.5 }, ...across },
      code("TAKE7", { amount: localPrice(700, currency) }),
    ];
  }
  if (kind === 6 && shipping.length > 0) {
    return [
      {
        kind: "code",
        label: "FREESHIP",
        value: { percent: 100 },
        target: "shipping",
        method: "ACROSS",
        all: true,
      },
    ];
  }
  return [];
}

/** How it is sent; gift cards and tips alone need no parcel. */
export function drawShipping(
  random: Random,
  currency: string,
  lines: LineInput[],
  taxRates: TaxRate[],
): ShippingInput[] {
  if (!lines.some((line) => line.requiresShipping)) return [];
  const [title, code, cents] = random.pick([
    ["Standard", "standard", 500],
    ["Standard", "standard", 695],
    ["Express", "express", 1499],
    ["Free shipping", "free", 0],
  ] as const);
  return [
    { title, code, price: localPrice(cents, currency), taxRates: cents === 0 ? [] : taxRates },
  ];
}
