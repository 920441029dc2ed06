import { afterEach, describe, expect, it } from "vitest";
import { Running } from "../testing/running";

let running: Running | null = null;
afterEach(async () => {
  await running?.stop();
  running = null;
});

const COSTLY = `{ orders(first: 250) { nodes { id lineItems(first: 50) { nodes { id } } } } }`;

describe("cost and throttling on a Standard shop", () => {
  it("throttles with HTTP 200, takes no points for it, and restores 100 a second", async () => {
    let now = new Date("2026-06-30T12:00:00Z");
    running = await Running.start({ now: () => now });
    const token = await running.installed();
    const throttled = await (async () => {
      for (let turn = 0; turn < 500; turn += 1) {
        const answer = await running.graphql<Cost>(token, COSTLY);
        if (!answer.data) return answer;
      }
      throw new Error("never throttled");
    })();
    const cost = throttled.extensions.cost;
    expect(throttled).toEqual({
      errors: [
        {
          message: "Throttled",
          extensions: {
            code: "THROTTLED",
            documentation: "https://shopify.dev/api/usage/rate-limits",
          },
        },
      ],
      extensions: {
        cost: {
          requestedQueryCost: 112,
          actualQueryCost: null,
          throttleStatus: {
            maximumAvailable: 2000,
            currentlyAvailable: expect.any(Number),
            restoreRate: 100,
          },
        },
      },
    });
    expect(cost.throttleStatus.currentlyAvailable).toBeLessThan(112);
    const wait = Math.ceil((112 - cost.throttleStatus.currentlyAvailable) / 100);
    now = new Date(now.getTime() + wait * 1000);
    expect((await running.graphql<Cost>(token, COSTLY)).data).toBeDefined();
  });

  it("refuses a query of more than 1000 points", async () => {
    running = await Running.start();
    const token = await running.installed();
    const deep = `{ orders(first: 250) { nodes { id customer { orders(first: 250) { nodes { id customer { orders(first: 250) { nodes { id } } } } } } } } }`;
    const answer = await running.graphql<Cost>(token, deep);
    expect(answer.errors?.[0]).toMatchObject({
      message: expect.stringMatching(
        /^Query cost is \d+, which exceeds the single query max cost limit \(1000\)\.$/,
      ),
      extensions: { code: "MAX_COST_EXCEEDED", maxCost: 1000 },
    });
  });

  it("gives back the points that were asked for and not used", async () => {
    running = await Running.start();
    const token = await running.installed();
    const answer = await running.graphql<Cost>(token, COSTLY);
    const { requestedQueryCost, actualQueryCost, throttleStatus } = answer.extensions.cost;
    expect(requestedQueryCost).toBe(112);
    expect(actualQueryCost).toBeLessThan(20);
    expect(throttleStatus.currentlyAvailable).toBe(2000 - (actualQueryCost ?? 0));
  });
});

interface Cost {
  data?: unknown;
  errors?: unknown[];
  extensions: {
    cost: {
      requestedQueryCost: number;
      actualQueryCost: number | null;
      throttleStatus: { currentlyAvailable: number };
    };
  };
}
