/** Numeric ids of the size Shopify gives, each kind of object in a range of its own. */
const BASES = {
  Order: 6_800_000_000_000,
  LineItem: 16_200_000_000_000,
  ShippingLine: 5_600_000_000_000,
  OrderTransaction: 10_400_000_000_000,
  Refund: 1_028_000_000_000,
  RefundLineItem: 860_000_000_000,
  RefundShippingLine: 31_000_000_000,
  OrderAdjustment: 430_000_000_000,
  Return: 19_000_000_000,
  ReturnLineItem: 27_000_000_000,
  Fulfillment: 6_100_000_000_000,
  FulfillmentLineItem: 14_000_000_000_000,
  Agreement: 990_000_000_000,
  Sale: 2_700_000_000_000,
  SaleTax: 3_900_000_000_000,
  Fee: 410_000_000_000,
  Duty: 77_000_000_000,
  TransactionFee: 88_000_000_000,
  CustomerVisit: 3_100_000_000_000,
  MailingAddress: 9_300_000_000_000,
  Customer: 7_100_000_000_000,
  Product: 8_500_000_000_000,
  ProductVariant: 46_000_000_000_000,
  InventoryItem: 48_000_000_000_000,
  Collection: 410_000_000_000,
  Location: 71_000_000_000,
  DraftOrder: 1_130_000_000_000,
  AdditionalFee: 95_000_000_000,
} as const;

export type IdKind = keyof typeof BASES;

/** `gid://shopify/Order/123`. */
export function gid(type: string, id: number): string {
  return `gid://shopify/${type}/${id}`;
}

/** The id of the n-th object of a kind: a function of n, so that nothing need be remembered. */
export function numberedId(kind: IdKind, n: number): number {
  return BASES[kind] + n;
}

/** Ids of what belongs to one order; orders take disjoint ranges, so an order can be rebuilt alone. */
export class IdRange {
  private readonly used = new Map<IdKind, number>();

  constructor(
    private readonly start: number,
    private readonly size: number,
  ) {}

  next(kind: IdKind): number {
    const n = this.used.get(kind) ?? 0;
    if (n >= this.size) throw new Error(`An order holds more than ${this.size} objects of ${kind}`);
    this.used.set(kind, n + 1);
    return numberedId(kind, this.start + n);
  }
}
