import { expect, it } from "vitest";
import { metafieldsSchema } from "./order-metafield-settings.server";

it.each([
  ["", []],
  [" custom.kind \n\n my-fields.a_b,custom.kind", ["custom.kind", "my-fields.a_b"]],
])("reads %j", (text, names) => {
  expect(metafieldsSchema.parse(text)).toEqual(names);
});

it.each(["kind", "custom.", ".kind", "custom.ki nd.x!", 'custom.k")', "a.b.c"])(
  "refuses %j and names what is wrong",
  (text) => {
    const read = metafieldsSchema.safeParse(text);
    expect(read.success).toBe(false);
    expect(read.error?.issues[0]?.message).toContain("namespace.key");
  },
);

it("refuses more than a query has room for", () => {
  const many = Array.from({ length: 11 }, (_, n) => `custom.field${n}`).join("\n");
  expect(metafieldsSchema.safeParse(many).error?.issues[0]?.message).toMatch(/At most 10/);
});
