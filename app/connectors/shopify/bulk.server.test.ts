import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { MeritError } from "~/lib/errors";
import type { AdminClient } from "./admin-client.server";
import { bulkIsComplete, pollBulk, runBulk } from "./bulk.server";
import { downloadBulkLines } from "./bulk-download.server";

/** A client that answers documents by the name of their operation. */
function clientOf(given: Record<string, unknown>, asked: string[] = []): AdminClient {
  const answers: Record<string, unknown> = {
    RecentBulks: { bulkOperations: { edges: [] } },
    ...given,
  };
  return {
    shop: "a.myshopify.com",
    async request(document, { schema }) {
      const name = /(?:query|mutation) (\w+)/.exec(document)?.[1] ?? "";
      asked.push(name);
      return schema.parse(answers[name]) as z.infer<typeof schema>;
    },
  };
}

const operation = (state: Record<string, unknown>) => ({
  id: "gid://shopify/BulkOperation/1",
  status: "COMPLETED",
  errorCode: null,
  objectCount: "0",
  rootObjectCount: "0",
  fileSize: null,
  url: null,
  partialDataUrl: null,
  ...state,
});

const codeOf = async (work: () => unknown) => {
  try {
    await work();
  } catch (error) {
    return error instanceof MeritError ? `${error.name} ${error.code}` : String(error);
  }
  return "nothing thrown";
};

const refusal = (code: string | null, message: string) => ({
  RunBulk: {
    bulkOperationRunQuery: {
      bulkOperation: null,
      userErrors: [{ code, field: ["query"], message }],
    },
  },
});

describe("starting a bulk operation", () => {
  it("answers its id", async () => {
    const client = clientOf({
      RunBulk: { bulkOperationRunQuery: { bulkOperation: operation({}), userErrors: [] } },
    });
    expect(await runBulk(client, "{ x }", "t")).toMatchObject({
      id: "gid://shopify/BulkOperation/1",
    });
  });

  it("names a refused query with Shopify's words", async () => {
    const client = clientOf(refusal("INVALID", "Invalid bulk query: syntax error"));
    expect(await codeOf(() => runBulk(client, "{", "t"))).toBe("DefectError BULK_INVALID_QUERY");
    await expect(runBulk(client, "{", "t")).rejects.toThrow("Invalid bulk query: syntax error");
  });

  const SINCE = "2026-11-20T12:00:00.000Z";
  const left = (query: string, createdAt: string, status = "RUNNING") => ({
    RecentBulks: {
      bulkOperations: {
        edges: [{ node: { id: "gid://shopify/BulkOperation/9", query, createdAt, status } }],
      },
    },
  });
  const accepted = {
    RunBulk: { bulkOperationRunQuery: { bulkOperation: operation({}), userErrors: [] } },
  };

  it.each([
    ["CREATED", "{ mine }", "2026-11-20T12:00:00Z", "9"],
    ["RUNNING", "{ mine }", "2026-11-20T12:00:01Z", "9"],
    ["COMPLETED", "{ mine }", "2026-11-20T12:00:01Z", "1"],
    ["RUNNING", "{ theirs }", "2026-11-20T12:00:01Z", "1"],
    ["RUNNING", "{ mine }", "2026-11-20T11:59:59Z", "1"],
  ])("that an earlier process left %s, of %s, at %s gives %s", async (status, text, at, id) => {
    const client = clientOf({ ...accepted, ...left(text, at, status) });
    expect(await runBulk(client, "{ mine }", "t", { since: SINCE })).toMatchObject({
      id: `gid://shopify/BulkOperation/${id}`,
    });
  });

  it.each([
    [[], ["CancelBulk"]],
    [["gid://shopify/BulkOperation/9"], []],
  ])("comes back when all are taken; those but %j are canceled", async (keep, canceled) => {
    const asked: string[] = [];
    const client = clientOf(
      {
        ...refusal("OPERATION_IN_PROGRESS", "already in progress"),
        ...left("{ theirs }", SINCE),
        CancelBulk: { bulkOperationCancel: { bulkOperation: null, userErrors: [] } },
      },
      asked,
    );
    expect(await codeOf(() => runBulk(client, "{ mine }", "t", { keep }))).toBe(
      "ThrottledError BULK_LIMIT_REACHED",
    );
    expect(asked.filter((name) => name === "CancelBulk")).toEqual(canceled);
  });
});

describe("how an operation stands", () => {
  const judge = async (state: Record<string, unknown>) => {
    const client = clientOf({ PollBulk: { bulkOperation: operation(state) } });
    return bulkIsComplete(await pollBulk(client, "gid://shopify/BulkOperation/1", "t"), "t");
  };

  it.each([
    [{ status: "CREATED" }, false],
    [{ status: "RUNNING", objectCount: "7" }, false],
    [{ status: "A_STATE_TO_COME" }, false],
    [{ status: "COMPLETED", objectCount: "0", url: null }, true],
    [{ status: "COMPLETED", objectCount: "7", url: "https://x" }, true],
  ])("%j: complete is %s", async (state, complete) => {
    expect(await judge(state)).toBe(complete);
  });

  it.each([
    [{ status: "COMPLETED", objectCount: "7", url: null }, "RetryableError BULK_NO_URL"],
    [{ status: "FAILED", errorCode: "INTERNAL_SERVER_ERROR" }, "RetryableError BULK_FAILED"],
    [{ status: "FAILED", errorCode: "TIMEOUT" }, "RetryableError BULK_TIMEOUT"],
    [{ status: "FAILED", errorCode: "ACCESS_DENIED" }, "NeedsUserError BULK_ACCESS_DENIED"],
    [{ status: "CANCELING" }, "RetryableError BULK_CANCELED"],
    [{ status: "CANCELED" }, "RetryableError BULK_CANCELED"],
    [{ status: "EXPIRED" }, "RetryableError BULK_EXPIRED"],
  ])("%j is %s", async (state, code) => {
    expect(await codeOf(() => judge(state))).toBe(code);
  });

  it("has a name for one that Shopify forgot", async () => {
    const client = clientOf({ PollBulk: { bulkOperation: null } });
    expect(await codeOf(() => pollBulk(client, "gid://shopify/BulkOperation/1", "t"))).toBe(
      "RetryableError BULK_UNKNOWN",
    );
  });
});

describe("downloading a result file", () => {
  const text = '{"id":"gid:\\/\\/a","t":"äöü 😀"}\n{"id":"b"}\n';
  const bytes = new TextEncoder().encode(text);

  async function linesOf(chunks: Uint8Array[], fileSize: number | null, status = 200) {
    const seen: Array<Headers> = [];
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const chunk of chunks) controller.enqueue(chunk);
        controller.close();
      },
    });
    const lines: string[] = [];
    const fetch = async (_url: unknown, init?: RequestInit) => {
      seen.push(new Headers(init?.headers));
      return new Response(body, { status });
    };
    const url = "https://storage.googleapis.com/x";
    for await (const batch of downloadBulkLines({ url, fileSize, fetch })) lines.push(...batch);
    return { lines, headers: seen };
  }

  it("gives whole lines wherever the network cuts, and sends no header of Shopify's", async () => {
    for (let cut = 1; cut < bytes.length; cut += 1) {
      const parts = [bytes.slice(0, cut), bytes.slice(cut)];
      const { lines, headers } = await linesOf(parts, bytes.length);
      expect(lines.filter(Boolean)).toEqual(text.trim().split("\n"));
      expect([...(headers[0]?.keys() ?? [])]).toEqual([]);
    }
  });

  it("takes a last line without its end", async () => {
    const short = bytes.slice(0, -1);
    expect((await linesOf([short], null)).lines).toEqual(text.trim().split("\n"));
  });

  it.each([bytes.length - 1, bytes.length + 1])(
    "refuses a file of another length",
    async (size) => {
      expect(await codeOf(() => linesOf([bytes], size))).toBe("RetryableError BULK_DOWNLOAD_CUT");
    },
  );

  it.each([
    [403, "RetryableError BULK_EXPIRED"],
    [500, "RetryableError BULK_DOWNLOAD_REFUSED"],
  ])("names a store that answers %d", async (status, code) => {
    expect(await codeOf(() => linesOf([bytes], null, status))).toBe(code);
  });
});
