import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { shopifyFieldsPage } from "./field-page";
import { orderFieldVerdicts } from "./field-verdicts";
import { LEFT_OUT } from "./reasons";

const types = orderFieldVerdicts();
const verdictOf = (type: string, field: string) =>
  types.find((one) => one.type === type)?.fields.find(({ name }) => name === field)?.verdict;

describe("docs/shopify-fields.md", () => {
  it("is what `npm run docs:fields` writes", () => {
    const written = readFileSync(
      new URL("../../../docs/shopify-fields.md", import.meta.url),
      "utf8",
    );
    expect(written).toBe(shopifyFieldsPage(types));
  });

  it("leaves no field without a verdict", () => {
    const undecided = types.flatMap(({ type, fields }) =>
      fields.flatMap(({ name, verdict }) => (verdict ? [] : [`${type}.${name}`])),
    );
    expect(undecided).toEqual([]);
  });

  it("gives no reason for a field that is read, is deprecated or does not exist", () => {
    const idle = Object.entries(LEFT_OUT).filter(([key, reason]) => {
      const [type = "", field = ""] = key.split(".");
      return !types.some((one) => {
        const verdict = one.fields.find(({ name }) => name === field)?.verdict;
        const named = type === "*" || one.type === type;
        return named && verdict && !verdict.read && verdict.reason === reason;
      });
    });
    expect(idle).toEqual([]);
  });

  it("finds the columns of a field by the transform", () => {
    expect(verdictOf("Order", "totalPriceSet")).toEqual({
      read: true,
      columns: ["orders.total_price", "orders.total_price_presentment"],
    });
    expect(verdictOf("Order", "test")).toEqual({ read: true, columns: ["orders.test"] });
    expect(verdictOf("RefundLineItem", "restockType")).toEqual({
      read: true,
      columns: ["refund_line_items.restock_type"],
    });
    expect(verdictOf("Order", "note")).toEqual({ read: true, columns: [] });
  });

  it("says which scope is missing, and what Shopify says of a deprecated field", () => {
    expect(verdictOf("Order", "paymentTerms")).toMatchObject({ detail: "read_payment_terms" });
    expect(verdictOf("Order", "totalPrice")).toMatchObject({ reason: "deprecated" });
  });
});
