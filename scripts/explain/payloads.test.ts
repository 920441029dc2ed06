import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { ordersOf, type PayloadLine, payloadLines } from "./payloads";

async function linesOf(...chunks: string[]) {
  const lines: PayloadLine[] = [];
  const { signal } = new AbortController();
  for await (const line of payloadLines(Readable.from(chunks), signal)) lines.push(line);
  return lines;
}

describe("lines", () => {
  it("lose BOM, CRLF and blanks, and keep the numbers that an editor shows", async () => {
    expect(await linesOf('\uFEFF{"a":1}\r\n\r\n  \n', '{"b":', "2}")).toEqual([
      { number: 1, text: '{"a":1}' },
      { number: 4, text: '{"b":2}' },
    ]);
  });

  it("that are one JSON text written over many are one payload", async () => {
    const [only, ...more] = await linesOf('{\n  "id": 1,\n\n  "name": "x"\n}\n');
    expect(more).toEqual([]);
    expect(only?.number).toBe(1);
    expect(JSON.parse(only?.text ?? "")).toEqual({ id: 1, name: "x" });
  });
});

const ORDER = { id: "gid://shopify/Order/7", name: "#7" };
const REST = { id: 7, name: "#7", financial_status: "paid", line_items: [] };

describe("a payload", () => {
  it.each([
    ["an order", ORDER],
    ["an answer", { data: { order: ORDER } }],
    ["an answer by node", { data: { node: ORDER }, extensions: {} }],
    ["a page of edges", { data: { orders: { edges: [{ cursor: "c", node: ORDER }] } } }],
    ["a page of nodes", { data: { orders: { nodes: [ORDER] } } }],
    ["a recording", { file: "f.json", path: "/order", order: ORDER }],
  ])("may be %s", (_, payload) => {
    expect(ordersOf(JSON.stringify(payload))).toEqual([ORDER]);
  });

  it.each([
    ["a webhook body", REST],
    ["an answer", { order: REST }],
    ["a page", { orders: [REST] }],
    ["a recording", { path: "/admin/orders/7.json", status: 200, body: { order: REST } }],
  ])("REST-shaped may be %s", (_, payload) => {
    expect(ordersOf(JSON.stringify(payload))).toMatchObject([
      { id: ORDER.id, name: "#7", displayFinancialStatus: "PAID" },
    ]);
  });

  it("holds the transactions that stand beside a REST order", () => {
    const transactions = [{ id: 5, kind: "sale", status: "success", amount: "1.00" }];
    const [order] = ordersOf(JSON.stringify({ order: REST, transactions }));
    expect(order?.transactions).toMatchObject([{ id: "gid://shopify/OrderTransaction/5" }]);
  });

  it("keeps ids above 2^53 and amounts that were written as numbers, digit for digit", () => {
    const [order] = ordersOf(
      '{"id":9007199254740993,"financial_status":"paid","currency":"EUR","total_price":150.10}',
    );
    expect(order).toMatchObject({
      id: "gid://shopify/Order/9007199254740993",
      totalPriceSet: { shopMoney: { amount: "150.10" } },
    });
  });

  it("keeps a tax rate of GraphQL a number", () => {
    const taxLines = [{ title: "VAT", rate: 0.19 }];
    expect(ordersOf(JSON.stringify({ ...ORDER, taxLines }))).toEqual([{ ...ORDER, taxLines }]);
  });

  it.each([
    ["garbage", "{oops", "it is no JSON"],
    ["another thing", '{"hello":1}', "it holds no order"],
    ["an order that is not there", '{"data":{"order":null}}', "it holds no order"],
    ["a number", "5", "it holds no order"],
    ["a product", '{"id":7,"title":"x","variants":[]}', "it holds no order"],
  ])("that is %s says so", (_, text, message) => {
    expect(() => ordersOf(text)).toThrow(message);
  });
});
