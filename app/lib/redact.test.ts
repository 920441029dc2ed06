import { describe, expect, test } from "vitest";
import { redactJson, redactText } from "./redact";

describe("redactText", () => {
  test.each([
    "GET /app?shop=a.myshopify.com&id_token=PLANTED&embedded=1",
    "https://x.example/cb?code=PLANTED",
    "postgresql://web:PLANTED@db:5432/merit",
    'answered {"access_token":"PLANTED"}',
    'answered {\\"refresh_token\\": \\"PLANTED\\"}',
    "Authorization: Bearer PLANTED.PLANTED",
    "token shpat_PLANTED was refused",
    "refresh shprt_PLANTED",
    "merit_PLANTEDPLANTEDPLANTEDPLANTED",
    "EAAPLANTEDPLANTEDPLANTED was refused",
    "?input_token=PLANTED&access_token=1234567890|PLANTEDPLANTEDPLANTED",
    "the app token 1234567890|PLANTEDPLANTEDPLANTED",
    "grant_type=fb_exchange_token&fb_exchange_token=PLANTED&appsecret_proof=PLANTED",
    "eyJhbGciOi.PLANTED.PLANTED",
  ])("masks %s", (text) => {
    expect(redactText(text)).not.toContain("PLANTED");
    expect(redactText(text)).toContain("[redacted]");
  });

  test("leaves ordinary text alone", () => {
    const text = "GET /api/shops/a.myshopify.com/metrics?from=2026-01-01 took 12 ms";
    expect(redactText(text)).toBe(text);
  });
});

test("redactJson masks by key at any depth, and keeps what is no secret", () => {
  const masked = redactJson({
    shop: "a.myshopify.com",
    req: { headers: { authorization: "PLANTED", "x-shopify-access-token": "PLANTED" } },
    list: [{ access_token: "PLANTED", accessToken: "PLANTED", session: { id: "PLANTED" } }],
    password: null,
  });
  expect(JSON.stringify(masked)).not.toContain("PLANTED");
  expect(masked).toMatchObject({ shop: "a.myshopify.com", password: null });
});
