import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { BULK_DOCUMENTS, DOCUMENTS } from "~/connectors/shopify/documents";
import { generateStore } from "../../simulators/shopify/store/generate";
import { Running } from "../../simulators/shopify/testing/running";

const ORDERS = 60;
const now = new Date("2026-06-30T12:00:00Z");
const store = generateStore({
  seed: 5,
  orders: ORDERS,
  days: 40,
  now,
  domain: "tiny.myshopify.com",
  plan: "standard",
  currency: "EUR",
  ianaTimezone: "Europe/Berlin",
});

let running: Running;
let token: string;
beforeAll(async () => {
  running = await Running.start({ stores: [{ kind: "given", store }], now: () => now });
  token = await running.installed();
});
afterAll(() => running.stop());

const order = `gid://shopify/Order/${store.heads.at(-1)?.id}`;

/** What the app would send with each document; bulk mutations are sent below. */
const VARIABLES: Record<string, Record<string, unknown>> = {
  OrdersPage: { first: 10, sortKey: "PROCESSED_AT", reverse: true },
  OrdersById: { ids: [order, "gid://shopify/Order/1"] },
  OrderIds: { first: 10, query: "created_at:>='2026-01-01T00:00:00Z'" },
  SalesReport: {
    query: "FROM sales SHOW total_sales TIMESERIES day SINCE 2026-06-01 UNTIL 2026-06-30",
  },
  MoreLineItems: { id: order },
  MoreShippingLines: { id: order },
  MoreDiscountApplications: { id: order },
  MoreAgreements: { id: order },
  MoreSales: { id: order },
  OrderDetails: { ids: [order, "gid://shopify/Order/1"], returns: true },
  MoreReturns: { id: order },
  MoreMoments: { id: withJourney() },
  RunBulk: { query: BULK_DOCUMENTS.OrdersWindow },
  PollBulk: { id: "gid://shopify/BulkOperation/1" },
  CancelBulk: { id: "gid://shopify/BulkOperation/1" },
};

/** Anything of the store that a `More_<owner>_<connection>` document can be asked about. */
const OWNERS = { Refund: "refunds", Fulfillment: "fulfillments", Return: "returns" } as const;

function variablesOf(name: string): Record<string, unknown> {
  const type = /^More_([A-Za-z]+)_/.exec(name)?.[1];
  const list = Object.entries(OWNERS).find(([owner]) => owner === type)?.[1];
  if (!list) return VARIABLES[name] ?? {};
  const ids = store.heads.flatMap(
    ({ id }): Array<{ id: number }> => store.records?.order(id)?.[list] ?? [],
  );
  return { id: `gid://shopify/${type}/${ids[0]?.id}` };
}

function withJourney(): string {
  const ready = store.heads.find(({ id }) => store.records?.order(id)?.journey?.ready);
  return `gid://shopify/Order/${ready?.id}`;
}

describe("the stand-in holds what the app asks for", () => {
  it.each(Object.entries(DOCUMENTS))("%s", async (name, document) => {
    const answer = await running.graphql(token, document, variablesOf(name));
    expect(answer.errors).toBeUndefined();
    expect(answer.data).toBeDefined();
    expect(answer.extensions).not.toHaveProperty("search");
  });

  it.each(Object.entries(BULK_DOCUMENTS))("in bulk: %s", async (_name, query) => {
    const started = runSchema.parse(
      await running.graphql(token, DOCUMENTS.RunBulk ?? "", { query }),
    ).data.bulkOperationRunQuery;
    expect(started.userErrors).toEqual([]);
    const id = started.bulkOperation?.id;
    for (let turn = 0; turn < 200; turn += 1) {
      const { bulkOperation } = pollSchema.parse(
        await running.graphql(token, DOCUMENTS.PollBulk ?? "", { id }),
      ).data;
      if (bulkOperation.status === "COMPLETED") {
        expect(Number(bulkOperation.rootObjectCount)).toBeGreaterThan(0);
        return;
      }
      const { operations } = await running.sim("/shops/tiny.myshopify.com/bulk-operations");
      expect(bulkOperation.status, JSON.stringify(operations)).not.toBe("FAILED");
      await sleep(10);
    }
    throw new Error("the operation never ended");
  });
});

const operation = z.object({ id: z.string(), status: z.string(), rootObjectCount: z.string() });
const runSchema = z.object({
  data: z.object({
    bulkOperationRunQuery: z.object({
      bulkOperation: operation.nullable(),
      userErrors: z.array(z.unknown()),
    }),
  }),
});
const pollSchema = z.object({ data: z.object({ bulkOperation: operation }) });
