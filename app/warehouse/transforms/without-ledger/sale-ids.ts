/** What a row made without a ledger is about; each number is used once and kept. */
export const KINDS = {
  LINE: 0n,
  LINE_GONE: 1n,
  SHIPPING: 2n,
  SHIPPING_GONE: 3n,
  DUTY: 4n,
  DUTY_GONE: 5n,
  ADDITIONAL_FEE: 6n,
  REFUND_LINE: 7n,
  REFUND_SHIPPING: 8n,
  REFUND_DUTY: 9n,
  ADJUSTMENT: 10n,
  RETURN_FEE: 11n,
  TIP: 12n,
  REST_PLACED: 13n,
  REST_CURRENT: 14n,
} as const;

export interface SaleKey {
  kind: keyof typeof KINDS;
  /** Number of what the row is about, or of what that hangs on where it has none of its own. */
  id: string;
  /** From 1, for the second of these: its place in the list. */
  position?: number;
}

/** Within a bigint; no power of two, so that no bit of an id is ever lost. */
const MODULUS = 2n ** 63n - 1n;
const POSITIONS = 256n;

/**
 * A sale's id for a row that Shopify has given none: always negative, so never one of Shopify's, and
 * the same whenever the row is made again. Ids up to 2^51 (Shopify's are near 2^44) keep every bit;
 * larger ones wrap around, and would have to lie 2^51 apart to meet.
 */
export function saleIdOf({ kind, id, position = 0 }: SaleKey): string {
  const tail = KINDS[kind] * POSITIONS + BigInt(position);
  const number = (BigInt(id) * 16n * POSITIONS + tail) % MODULUS;
  return (-number - 1n).toString();
}
