import { describe, expect, it } from "vitest";
import { z } from "zod";
import { DefectError, NeedsUserError, RetryableError } from "~/lib/errors";
import { createAdminClient } from "./admin-client.server";

type Answer = { status?: number; body?: unknown; headers?: Record<string, string> } | Error;

const cost = (requested: number, available: number) => ({
  cost: {
    requestedQueryCost: requested,
    actualQueryCost: null,
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

/** A client whose Shopify gives these answers, one after the other, the last one for ever. */
function clientOf(...answers: Answer[]) {
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
  });
  const schema = z.object({ shop: z.object({ name: z.string() }) });
  const ask = () => client.request("query { shop { name } }", { schema, task: "test" });
  return { ask, slept, tokens, refused, calls: () => calls };
}

const failing = (code: string, kind: new (...args: never[]) => Error) =>
  expect.toSatisfy((error) => error instanceof kind && "code" in error && error.code === code);

describe("waiting", () => {
  it("waits as long as the bucket needs, then asks again", async () => {
    const { ask, slept } = clientOf(throttled, throttled, good);
    expect(await ask()).toEqual({ shop: { name: "x" } });
    expect(slept).toEqual([5_000, 5_000]);
  });

  it("gives the shop's turn back when it stays throttled", async () => {
    const { ask, slept } = clientOf(throttled);
    await expect(ask()).rejects.toEqual(failing("SHOPIFY_THROTTLED", RetryableError));
    expect(slept.reduce((sum, ms) => sum + ms, 0)).toBe(60_000);
  });

  it("takes Retry-After for seconds, and doubles its own pauses", async () => {
    const busy = { status: 429, headers: { "retry-after": "2.0" } };
    const down = { status: 503 };
    const lost = new TypeError("fetch failed");
    const { ask, slept } = clientOf(busy, down, lost, good);
    await ask();
    expect(slept).toEqual([2_000, 1_000, 2_000]);
  });

  it.each([
    ["SHOPIFY_UNAVAILABLE", { status: 502 }],
    ["SHOPIFY_TOO_MANY", { status: 429 }],
    ["SHOPIFY_UNREACHABLE", new TypeError("fetch failed")],
  ])("ends as %s after five failures", async (code, answer) => {
    const { ask, calls } = clientOf(answer);
    await expect(ask()).rejects.toEqual(failing(code, RetryableError));
    expect(calls()).toBe(5);
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
