import { describe, expect, it } from "vitest";
import { tinyStore } from "../testing/tiny-store";
import { ORDER_FIELDS } from "./fields";
import { searchFilter } from "./filter";

const heads = tinyStore({ count: 4 }).heads;

function found(query: string): string[] {
  const { matches } = searchFilter(query, ORDER_FIELDS);
  return heads.filter((head) => !matches || matches(head)).map((head) => head.name);
}

const ALL = ["#1001", "#1002", "#1003", "#1004"];

describe("search over orders", () => {
  it.each([
    ["", ALL],
    ["created_at:>='2026-06-27T12:00:00Z'", ["#1002", "#1003", "#1004"]],
    ["created_at:>'2026-06-27T12:00:00Z'", ["#1003", "#1004"]],
    ["created_at:<2026-06-28", ["#1001", "#1002"]],
    ["created_at:2026-06-28", ["#1003"]],
    ["updated_at:>='2026-06-27T13:00:00Z' AND updated_at:<'2026-06-28T13:00:00Z'", ["#1002"]],
    ["name:1002 OR name:#1003", ["#1002", "#1003"]],
    ["id:1001", ["#1002"]],
    ["id:>1001", ["#1003", "#1004"]],
    ["id:gid://shopify/Order/1003", ["#1004"]],
    ["test:true", ["#1001"]],
    ["-test:true", ["#1002", "#1003", "#1004"]],
    ["NOT test:true AND financial_status:paid", ["#1003"]],
    ["(name:1001 OR name:1002) customer_id:501", ["#1002"]],
    ["status:cancelled", []],
    ["email:buyer0*", ["#1001", "#1003"]],
    ["name:*", ALL],
  ])("%s", (query, names) => {
    expect(found(query)).toEqual(names);
  });

  it("ignores an unknown field and says so", () => {
    const filter = searchFilter("colour:red", ORDER_FIELDS);
    expect(filter.matches).toBeNull();
    expect(filter.parsed).toEqual({ field: "colour", match_all: "red" });
    expect(filter.warnings).toEqual([
      { field: "colour", message: "Invalid search field for this query.", code: "invalid_field" },
    ]);
  });

  it("refuses a time that is none", () => {
    expect(() => searchFilter("created_at:>=yesterday", ORDER_FIELDS)).toThrow(
      "Invalid timestamp for query filter `created_at`.",
    );
  });
});
