import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * True when `signature` (X-Shopify-Hmac-Sha256: base64 of HMAC-SHA256) was made with the app's
 * secret over exactly these bytes. The comparison takes the same time wherever the two differ.
 */
export function isSignedByShopify(body: Uint8Array, signature: string, secret: string): boolean {
  const expected = createHmac("sha256", secret).update(body).digest();
  const given = Buffer.from(signature, "base64");
  return given.length === expected.length && timingSafeEqual(given, expected);
}
