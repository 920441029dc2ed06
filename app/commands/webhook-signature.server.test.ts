import { describe, expect, it } from "vitest";
import { isSignedByShopify } from "./webhook-signature.server";

// Computed with openssl: printf '{"id":1}' | openssl dgst -sha256 -hmac secret -binary | base64
const SIGNED = "A971iWIMgT8Zj9A9eWfikrFj7wQ16/Qwcc4OlRl2PLc=";
const body = new TextEncoder().encode('{"id":1}');

describe("Shopify's signature", () => {
  it("is the base64 HMAC-SHA256 of the raw bytes with the app's secret", () => {
    expect(isSignedByShopify(body, SIGNED, "secret")).toBe(true);
  });

  it.each([
    ["another secret", body, SIGNED, "other"],
    ["another body", new TextEncoder().encode('{"id": 1}'), SIGNED, "secret"],
    ["a shorter signature", body, SIGNED.slice(0, 20), "secret"],
    ["none at all", body, "", "secret"],
    ["the signature in hex", body, Buffer.from(SIGNED, "base64").toString("hex"), "secret"],
  ])("is refused for %s", (_name, bytes, signature, secret) => {
    expect(isSignedByShopify(bytes, signature, secret)).toBe(false);
  });
});
