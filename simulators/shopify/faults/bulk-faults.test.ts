import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { Running } from "../testing/running";

const RUN =
  "mutation($query: String!) { bulkOperationRunQuery(query: $query) { bulkOperation { id } userErrors { field code message } } }";
const POLL =
  "query($id: ID!) { bulkOperation(id: $id) { status errorCode objectCount rootObjectCount fileSize url partialDataUrl completedAt } }";
const ORDERS = "{ orders { edges { node { id lineItems { edges { node { id } } } } } } }";
const LEDGER = "{ orders { edges { node { id agreements { edges { node { id } } } } } } }";

interface Operation {
  status: string;
  url: string | null;
  partialDataUrl: string | null;
  objectCount: string;
  fileSize: string | null;
}

let running: Running;
let token: string;
afterEach(() => running.stop());

async function begin(fault: Record<string, unknown>): Promise<void> {
  running = await Running.start();
  token = await running.installed();
  await running.fault(fault);
}

async function run(query = ORDERS): Promise<{ id: string | undefined; userErrors: unknown[] }> {
  const { data } = await running.graphql<{
    data: {
      bulkOperationRunQuery: { bulkOperation: { id: string } | null; userErrors: unknown[] };
    };
  }>(token, RUN, { query });
  const { bulkOperation, userErrors } = data.bulkOperationRunQuery;
  return { id: bulkOperation?.id, userErrors };
}

async function poll(id: string | undefined): Promise<Operation> {
  const answer = await running.graphql<{ data: { bulkOperation: Operation } }>(token, POLL, { id });
  return answer.data.bulkOperation;
}

async function ended(query = ORDERS): Promise<Operation> {
  const { id } = await run(query);
  for (let turn = 0; turn < 200; turn += 1) {
    const operation = await poll(id);
    if (!["CREATED", "RUNNING", "CANCELING"].includes(operation.status)) return operation;
    await sleep(10);
  }
  throw new Error("the operation never ended");
}

const file = (url: string | null) => {
  const { pathname, search, host } = new URL(url ?? "");
  return running.fetch(`${pathname}${search}`, {}, host);
};
const lines = async (url: string | null) => (await (await file(url)).text()).trimEnd().split("\n");

describe("a bulk operation", () => {
  it.each(["ACCESS_DENIED", "INTERNAL_SERVER_ERROR", "TIMEOUT"])("fails with %s", async (code) => {
    await begin({ kind: "bulk_failed", error_code: code });
    expect(await ended()).toMatchObject({
      status: "FAILED",
      errorCode: code,
      url: null,
      partialDataUrl: null,
    });
    expect(await ended()).toMatchObject({ status: "COMPLETED", objectCount: "9" });
  });

  it("fails and leaves what was written", async () => {
    await begin({ kind: "bulk_partial", error_code: "TIMEOUT" });
    const failed = await ended();
    expect(failed).toMatchObject({ status: "FAILED", errorCode: "TIMEOUT", url: null });
    const left = await lines(failed.partialDataUrl);
    expect(left).toHaveLength(Number(failed.objectCount));
    expect(left.length).toBeLessThan(9);
  });

  it("is cancelled by Shopify", async () => {
    await begin({ kind: "bulk_canceled" });
    expect(await ended()).toMatchObject({ status: "CANCELED", url: null, completedAt: null });
  });

  it("is expired when it is looked at", async () => {
    await begin({ kind: "bulk_expired" });
    expect(await ended()).toMatchObject({ status: "EXPIRED", url: null });
  });

  it("completes without an address though there are objects", async () => {
    await begin({ kind: "bulk_no_url" });
    expect(await ended()).toMatchObject({ status: "COMPLETED", url: null, objectCount: "9" });
  });

  it("delivers fewer rows than it announces", async () => {
    await begin({ kind: "bulk_rows_missing" });
    const done = await ended();
    expect(done).toMatchObject({ status: "COMPLETED", objectCount: "9" });
    expect(await lines(done.url)).toHaveLength(6);
  });

  it("announces and delivers fewer roots than exist", async () => {
    await begin({ kind: "bulk_roots_missing" });
    const done = await ended();
    expect(done).toMatchObject({ status: "COMPLETED", rootObjectCount: "2", objectCount: "6" });
    expect(await lines(done.url)).toHaveLength(6);
  });

  it("refuses agreements and nothing else", async () => {
    await begin({ kind: "bulk_refuse_agreements" });
    expect((await run(ORDERS)).userErrors).toEqual([]);
    expect((await run(LEDGER)).userErrors).toEqual([
      { field: ["query"], code: "INVALID", message: expect.stringContaining("'agreements'") },
    ]);
    expect((await run(LEDGER)).userErrors).toEqual([]);
  });

  it("stays RUNNING until it is cancelled", async () => {
    await begin({ kind: "bulk_stuck" });
    const { id } = await run();
    await sleep(60);
    expect(await poll(id)).toMatchObject({ status: "RUNNING" });
    await running.graphql(
      token,
      "mutation($id: ID!) { bulkOperationCancel(id: $id) { userErrors { message } } }",
      { id },
    );
    await sleep(60);
    expect(await poll(id)).toMatchObject({ status: "CANCELED" });
  });
});

describe("a download", () => {
  it("is cut in the middle", async () => {
    await begin({ kind: "download_cut" });
    const { url } = await ended();
    await expect(file(url).then((answer) => answer.text())).rejects.toThrow();
    expect(await lines(url)).toHaveLength(9);
  });

  it("is corrupted", async () => {
    await begin({ kind: "download_corrupted" });
    const { url, fileSize } = await ended();
    const broken = await (await file(url)).text();
    expect(String(Buffer.byteLength(broken))).toBe(fileSize);
    expect(() =>
      broken
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line)),
    ).toThrow();
  });

  it("is answered with 5xx", async () => {
    await begin({ kind: "http_5xx", match: "/shopify-tiers-assets" });
    const { url } = await ended();
    expect((await file(url)).status).toBe(503);
    expect((await file(url)).status).toBe(200);
  });
});
