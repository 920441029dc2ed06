import { describe, expect, it } from "vitest";
import { pathWithoutSecrets } from "./path-without-secrets";

describe("a path in the log", () => {
  it.each([
    ["/app", "/app"],
    ["/app?shop=a.myshopify.com&range=last_7", "/app?shop=a.myshopify.com&range=last_7"],
    ["/app?id_token=eyJ.x.y&hmac=ab&new_thing=1", "/app?id_token=***&hmac=***&new_thing=***"],
    ["/app?code=a?b=c", "/app?code=***"],
    ["/app?token=1&token=2", "/app?token=***"],
  ])("%s is written %s", (url, written) => {
    expect(decodeURIComponent(pathWithoutSecrets(url))).toBe(written);
  });
});
