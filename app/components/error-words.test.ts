import { describe, expect, it } from "vitest";
import { errorWords } from "./error-words";

const words = (code: string, kind: string | null, platform: "SHOPIFY" | "META" = "SHOPIFY") => {
  const { what, todo } = errorWords({ platform, code, kind });
  return `${what} ${todo}`;
};

describe("the words of a failure", () => {
  it.each([
    ["SHOPIFY_RECONNECT", "NEEDS_USER", /no longer accepts Merit's access.*open it again/],
    ["BULK_ACCESS_DENIED", "NEEDS_USER", /permission.*accept the permissions/],
    ["SHOPIFY_SHOP_FROZEN", "NEEDS_USER", /frozen.*Billing/],
    ["META_RECONNECT", "NEEDS_USER", /log in again.*Home page/],
    ["CANCELED", "STOPPED", /canceled.*Sync now/],
  ])("say of %s what it means and what to do", (code, kind, said) => {
    expect(words(code, kind)).toMatch(said);
  });

  it.each([
    ["RETRYABLE", /^Shopify did not answer.*tries again by itself/],
    ["NEEDS_USER", /^Shopify refuses Merit/],
    ["STOPPED", /^It was stopped/],
    ["DEFECT", /inside Merit.*this code: SOMETHING_NEW\.$/],
    [null, /inside Merit.*this code: SOMETHING_NEW\.$/],
  ])("go by the kind (%s) where the code says nothing of its own", (kind, said) => {
    expect(words("SOMETHING_NEW", kind)).toMatch(said);
  });

  it("name the platform that is meant", () => {
    expect(words("META_UNREACHABLE", "RETRYABLE", "META")).toMatch(/^Meta did not answer/);
  });
});
