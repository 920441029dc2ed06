import { describe, expect, it } from "vitest";
import { DefectError, NeedsUserError } from "~/lib/errors";
import type { AdminClient } from "./admin-client.server";
import { mergeDetails } from "./merge-details";
import { createOrderDetailsReader, hasDetails } from "./order-details.server";

const gid = (n: number) => `gid://shopify/Order/${n}`;
const EMPTY = { pageInfo: { hasNextPage: false, endCursor: null }, edges: [] };

interface Asked {
  document: string;
  variables: Record<string, unknown>;
}

/** Answers by a function of what was asked, checked by the very schema of the request. */
function clientOf(answer: (asked: Asked) => unknown): { client: AdminClient; asked: Asked[] } {
  const asked: Asked[] = [];
  const client: AdminClient = {
    shop: "x.myshopify.com",
    async request(document, { variables = {}, schema }) {
      asked.push({ document, variables });
      return schema.parse(answer({ document, variables })) as never;
    },
  };
  return { client, asked };
}

const node = (id: unknown, returns: unknown) => ({
  id,
  updatedAt: "2026-03-01T00:00:00Z",
  refunds: [],
  fulfillments: [],
  customerJourneySummary: null,
  ...(returns ? { returns: EMPTY } : {}),
});

const answerNodes = ({ variables }: Asked) => ({
  nodes: (variables.ids as string[]).map((id) => node(id, variables.returns)),
});

describe("reading details", () => {
  it("goes on without returns where the shop has not granted them, and asks only once", async () => {
    const { client, asked } = clientOf((one) => {
      if (one.variables.returns) {
        throw new NeedsUserError("Access denied for returns field.", {
          code: "SHOPIFY_ACCESS_DENIED",
        });
      }
      return answerNodes(one);
    });
    const read = createOrderDetailsReader(client, { task: "test" });
    const [first] = await read([gid(1)]);
    expect(first).toEqual({
      id: gid(1),
      updatedAt: "2026-03-01T00:00:00Z",
      refunds: [],
      fulfillments: [],
    });
    await read([gid(2)]);
    expect(asked.map(({ variables }) => variables.returns)).toEqual([true, false, false]);
  });

  it("does not hide a refusal of anything else", async () => {
    const { client } = clientOf(() => {
      throw new NeedsUserError("Access denied for nodes field.", { code: "SHOPIFY_ACCESS_DENIED" });
    });
    const read = createOrderDetailsReader(client, { task: "test" });
    await expect(read([gid(1)])).rejects.toThrow("Access denied for nodes");
  });

  it("halves its batches where a query costs too much, and reads every order once", async () => {
    const { client, asked } = clientOf((one) => {
      if ((one.variables.ids as string[]).length > 7) {
        throw new DefectError("too dear", { code: "SHOPIFY_MAX_COST" });
      }
      return answerNodes(one);
    });
    const read = createOrderDetailsReader(client, { task: "test" });
    const ids = Array.from({ length: 30 }, (_, i) => gid(i));
    expect((await read(ids)).map(({ id }) => id)).toEqual(ids);
    expect(asked.map(({ variables }) => (variables.ids as string[]).length)).toEqual([
      25, 13, 7, 7, 7, 7, 2,
    ]);
  });

  it("leaves out orders that Shopify no longer knows, and ids of something else", async () => {
    const { client } = clientOf(() => ({ nodes: [null, {}, node(gid(3), true)] }));
    const found = await createOrderDetailsReader(client, { task: "test" })([
      gid(1),
      gid(2),
      gid(3),
    ]);
    expect(found.map(({ id }) => id)).toEqual([gid(3)]);
  });
});

describe("an order", () => {
  it.each([
    [{ refunds: [{ id: 1 }] }, true],
    [{ fulfillments: [{ id: 1 }] }, true],
    [{ returnStatus: "RETURN_REQUESTED" }, true],
    [{ customerJourneySummary: { momentsCount: { count: 3 } } }, true],
    [{ customerJourneySummary: { momentsCount: { count: 2 } } }, false],
    [{ customerJourneySummary: { momentsCount: null }, returnStatus: "NO_RETURN" }, false],
    [{ customerJourneySummary: null, refunds: [], fulfillments: [] }, false],
    [{}, false],
  ])("%j has details: %s", (order, expected) => {
    expect(hasDetails(order)).toBe(expected);
  });

  it("takes its details in where they belong, and keeps a refund that they do not know", () => {
    const order = {
      id: gid(1),
      refunds: [{ id: "r1", note: "a" }, { id: "r2" }],
      fulfillments: [{ id: "f1" }],
      customerJourneySummary: { ready: true },
    };
    const details = {
      id: gid(1),
      updatedAt: "later",
      refunds: [{ id: "r1", refundLineItems: [1] }],
      fulfillments: [{ id: "f1", events: [] }],
      customerJourneySummary: { moments: [] },
      returns: [],
    };
    expect(mergeDetails(order, details)).toEqual({
      id: gid(1),
      refunds: [{ id: "r1", note: "a", refundLineItems: [1] }, { id: "r2" }],
      fulfillments: [{ id: "f1", events: [] }],
      customerJourneySummary: { ready: true, moments: [] },
      returns: [],
    });
  });
});
