import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { PointBudget, Taken, Urgency } from "~/lib/api-budget";
import { DefectError, NeedsUserError, RetryableError, ThrottledError } from "~/lib/errors";
import { createAdminClient } from "./admin-client.server";

type Answer = { status?: number; body?: unknown; headers?: Record<string, string> } | Error;

const cost = (requested: number, available: number, actual: number | null = null) => ({
  cost: {
    requestedQueryCost: requested,
    actualQueryCost: actual,
    throttleStatus: { maximumAvailable: 2000, currentlyAvailable: available, restoreRate: 100 },
  },
});
const good = { body: { data: { shop: { name: "x" } } } };
const throttled = {
  body: {
    errors: [{ message: "Throttled", extensions: { code: "THROTTLED" } }],
    extensions: cost(700, 200),
  },
};

/** A bucket that gives these replies, one after the other, then lets everything go. */
function budgetOf(...replies: Taken[]) {
  const wishes: Array<{ points: number; urgency: Urgency; patienceMs: number }> = [];
  const outcomes: Array<Parameters<PointBudget["settle"]>[1]> = [];
  const blocked: number[] = [];
  const budget: PointBudget = {
    take: async (wish) => {
      wishes.push(wish);
      return replies.shift() ?? { call: "call", waitMs: 0 };
    },
    settle: async (_call, outcome) => {
      outcomes.push(outcome);
    },
    block: async (ms) => {
      blocked.push(ms);
    },
  };
  return { budget, wishes, outcomes, blocked };
}

/** A client whose Shopify gives these answers, one after the other, the last one for ever. */
function clientOf(...answers: Answer[]) {
  return clientWith(budgetOf(), ...answers);
}

function clientWith(shared: ReturnType<typeof budgetOf>, ...answers: Answer[]) {
  const slept: number[] = [];
  const tokens: Array<string | null> = [];
  const refused: Array<string | undefined> = [];
  let calls = 0;
  const client = createAdminClient({
    shop: "a.myshopify.com",
    accessToken: async (token) => {
      refused.push(token);
      return token ? "second" : "first";
    },
    fetch: async (_url, init) => {
      tokens.push(new Headers(init?.headers).get("x-shopify-access-token"));
      const answer = answers[Math.min(calls, answers.length - 1)];
      calls += 1;
      if (!answer || answer instanceof Error) throw answer;
      return new Response(JSON.stringify(answer.body ?? {}), {
        status: answer.status ?? 200,
        headers: { "content-type": "application/json", ...answer.headers },
      });
    },
    sleep: async (ms) => {
      slept.push(ms);
    },
    budget: shared.budget,
    urgency: "background",
  });
  const schema = z.object({ shop: z.object({ name: z.string() }) });
  const ask = (document = "query { shop { name } }", variables?: Record<string, unknown>) =>
    client.request(document, { schema, task: "test", ...(variables ? { variables } : {}) });
  return { ask, slept, tokens, refused, calls: () => calls };
}

const failing = (code: string, kind: new (...args: never[]) => Error) =>
  expect.toSatisfy((error) => error instanceof kind && "code" in error && error.code === code);

describe("waiting", () => {
  it("waits as long as the bucket needs, then asks again", async () => {
    const { ask, slept } = clientOf(throttled, good);
    expect(await ask()).toEqual({ shop: { name: "x" } });
    expect(slept).toEqual([5_000]);
  });

  it.each([
    ["it stays throttled", throttled, "SHOPIFY_THROTTLED", 5_000],
    [
      "too many calls",
      { status: 429, headers: { "retry-after": "4.0" } },
      "SHOPIFY_TOO_MANY",
      4_000,
    ],
    [
      "too many for long",
      { status: 429, headers: { "retry-after": "60" } },
      "SHOPIFY_TOO_MANY",
      60_000,
    ],
  ])("gives the shop's turn back after a few seconds: %s", async (_, answer, code, ms) => {
    const { ask, slept } = clientOf(answer);
    await expect(ask()).rejects.toEqual(failing(code, ThrottledError));
    await expect(ask()).rejects.toMatchObject({ retryAfterMs: ms });
    expect(slept.every((one) => one <= 5_000)).toBe(true);
  });

  it("takes Retry-After for seconds and tells the others of a 429, and doubles its own pauses", async () => {
    const busy = { status: 429, headers: { "retry-after": "2.0" } };
    const down = { status: 503 };
    const lost = new TypeError("fetch failed");
    const shared = budgetOf();
    const { ask, slept } = clientWith(shared, busy, down, lost, good);
    await ask();
    expect(slept).toEqual([2_000, 500, 1_000]);
    expect(shared.blocked).toEqual([2_000]);
  });

  it.each([
    ["SHOPIFY_UNAVAILABLE", { status: 502 }],
    ["SHOPIFY_UNREACHABLE", new TypeError("fetch failed")],
  ])("ends as %s after five failures", async (code, answer) => {
    const { ask, calls } = clientOf(answer);
    await expect(ask()).rejects.toEqual(failing(code, RetryableError));
    expect(calls()).toBe(5);
  });
});

describe("the shared bucket", () => {
  const answered = (requested: number, actual: number) => ({
    body: { ...good.body, extensions: cost(requested, 1_500, actual) },
  });

  it("is asked before every call, with the points that Shopify named for such a query", async () => {
    const shared = budgetOf();
    const { ask } = clientWith(shared, answered(42, 12));
    for (const first of [5, 5, 9]) await ask("query A { shop { name } }", { first });
    expect(shared.wishes.map(({ points }) => points)).toEqual([200, 42, 200]);
    expect(shared.outcomes[0]).toEqual({
      charged: 12,
      told: { available: 1_500, maximum: 2_000, restoreRate: 100 },
    });
  });

  it("takes a write for a person's", async () => {
    const shared = budgetOf();
    const { ask } = clientWith(shared, good);
    await ask();
    await ask("mutation { bulkOperationCancel }");
    expect(shared.wishes.map(({ urgency }) => urgency)).toEqual(["background", "person"]);
  });

  it("is asked again within a second while it is empty, and waited for where points are taken", async () => {
    const empty = { call: null, waitMs: 1_500 };
    const { ask, slept } = clientWith(budgetOf(empty, { call: "c", waitMs: 300 }), good);
    await ask();
    expect(slept).toEqual([1_000, 300]);
  });

  it("gives the turn back without a call when it stays empty for long", async () => {
    const shared = budgetOf({ call: null, waitMs: 6_000 });
    const { ask, slept, calls } = clientWith(shared, good);
    await expect(ask()).rejects.toMatchObject({ code: "SHOPIFY_THROTTLED", retryAfterMs: 6_000 });
    expect([slept, calls()]).toEqual([[], 0]);
  });

  it("hears that a throttled call was not charged, and of a lost one that nobody knows", async () => {
    const shared = budgetOf();
    const { ask } = clientWith(shared, throttled, new TypeError("fetch failed"), good);
    await ask();
    expect(shared.outcomes.map(({ charged, told }) => [charged, told?.available])).toEqual([
      [0, 200],
      [null, undefined],
      [null, undefined],
    ]);
  });
});

describe("tokens", () => {
  it("asks once for a newer token when Shopify refuses one", async () => {
    const { ask, tokens, refused } = clientOf({ status: 401 }, good);
    await ask();
    expect(tokens).toEqual(["first", "second"]);
    expect(refused).toEqual([undefined, "first"]);
  });

  it("needs the user when that one is refused as well", async () => {
    const { ask, calls } = clientOf({ status: 401 });
    await expect(ask()).rejects.toEqual(failing("SHOPIFY_TOKEN_REJECTED", NeedsUserError));
    expect(calls()).toBe(2);
  });
});

describe("answers that are no answer", () => {
  const error = (code: string, message = code) => ({
    body: { data: { shop: { name: "x" } }, errors: [{ message, extensions: { code } }] },
  });

  it.each([
    ["partial data beside an unknown error", error("X"), "SHOPIFY_GRAPHQL", DefectError],
    ["a missing permission", error("ACCESS_DENIED"), "SHOPIFY_ACCESS_DENIED", NeedsUserError],
    ["too dear a query", error("MAX_COST_EXCEEDED"), "SHOPIFY_MAX_COST", DefectError],
    ["a frozen shop", { status: 402 }, "SHOPIFY_SHOP_FROZEN", NeedsUserError],
    ["a shop that is gone", { status: 404 }, "SHOPIFY_SHOP_GONE", NeedsUserError],
    ["a request that we got wrong", { status: 400 }, "SHOPIFY_HTTP", DefectError],
    ["data of another form", { body: { data: { shop: {} } } }, "SHOPIFY_ANSWER_SHAPE", DefectError],
    [
      "a search term that Shopify ignored",
      {
        body: {
          data: { shop: { name: "x" } },
          extensions: { search: [{ warnings: [{ field: "updatedat", message: "Invalid" }] }] },
        },
      },
      "SHOPIFY_SEARCH_IGNORED",
      DefectError,
    ],
  ])("%s is never handed on", async (_, answer, code, kind) => {
    const { ask, slept } = clientOf(answer);
    await expect(ask()).rejects.toEqual(failing(code, kind));
    expect(slept).toEqual([]);
  });

  it("retries what Shopify itself calls an internal error", async () => {
    const { ask } = clientOf(error("INTERNAL_SERVER_ERROR"), good);
    expect(await ask()).toEqual({ shop: { name: "x" } });
  });
});
