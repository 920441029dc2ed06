import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { Running } from "../testing/running";
import { tinyStore } from "../testing/tiny-store";

const FIELDS =
  "id status type errorCode createdAt completedAt objectCount rootObjectCount fileSize url partialDataUrl query";
const RUN = `mutation($query: String!, $groupObjects: Boolean) { bulkOperationRunQuery(query: $query, groupObjects: $groupObjects) { bulkOperation { ${FIELDS} } userErrors { field message code } } }`;
const ORDERS = `{ orders(query: "created_at:>='2026-06-28T12:00:00Z'", sortKey: CREATED_AT) { edges { node { id lineItems { edges { node { id } } } } } } }`;

interface Operation {
  id: string;
  status: string;
  url: string | null;
  objectCount: string;
  rootObjectCount: string;
  fileSize: string | null;
}
interface Run {
  data: { bulkOperationRunQuery: { bulkOperation: Operation | null; userErrors: unknown[] } };
}

let running: Running;
let token: string;
afterEach(() => running.stop());

async function begin(options: Parameters<typeof Running.start>[0] = {}): Promise<void> {
  running = await Running.start(options);
  token = await running.installed();
}

async function run(query: string): Promise<Operation> {
  const { data } = await running.graphql<Run>(token, RUN, { query });
  expect(data.bulkOperationRunQuery.userErrors).toEqual([]);
  if (!data.bulkOperationRunQuery.bulkOperation) throw new Error("not started");
  return data.bulkOperationRunQuery.bulkOperation;
}

async function poll(id: string): Promise<Operation> {
  const query = `query($id: ID!) { bulkOperation(id: $id) { ${FIELDS} } }`;
  return (await running.graphql<{ data: { bulkOperation: Operation } }>(token, query, { id })).data
    .bulkOperation;
}

async function ended(id: string): Promise<Operation> {
  for (let turn = 0; turn < 200; turn += 1) {
    const operation = await poll(id);
    if (!["CREATED", "RUNNING", "CANCELING"].includes(operation.status)) return operation;
    await sleep(10);
  }
  throw new Error("the operation never ended");
}

const download = (url: string) => {
  const { pathname, search, host } = new URL(url);
  return running.fetch(`${pathname}${search}`, {}, host);
};

describe("a bulk operation", () => {
  it("goes from CREATED to COMPLETED with counts as strings and a file of that size", async () => {
    await begin();
    const created = await run(ORDERS);
    expect(created).toMatchObject({
      status: "CREATED",
      type: "QUERY",
      objectCount: "0",
      rootObjectCount: "0",
      fileSize: null,
      url: null,
      query: ORDERS,
    });
    const done = await ended(created.id);
    expect(done).toMatchObject({ status: "COMPLETED", objectCount: "6", rootObjectCount: "2" });
    expect(done.url).toMatch(
      /^https:\/\/storage\.googleapis\.com\/shopify-tiers-assets-prod-us-east1\/bulk-operation-outputs\/[0-9a-f]+\?GoogleAccessId=.+&Expires=\d+&Signature=.+&response-content-disposition=.+&response-content-type=application%2Fjsonl$/,
    );
    const file = await download(done.url ?? "");
    const text = await file.text();
    expect(file.headers.get("content-type")).toBe("application/jsonl");
    expect(String(Buffer.byteLength(text))).toBe(done.fileSize);
    expect(text.trimEnd().split("\n")).toHaveLength(6);
  });

  it("gives no url when nothing was found", async () => {
    await begin();
    const created = await run(`{ orders(query: "name:none") { edges { node { id } } } }`);
    expect(await ended(created.id)).toMatchObject({
      status: "COMPLETED",
      url: null,
      objectCount: "0",
    });
  });

  it("is refused as the sixth at a time, naming the five", async () => {
    await begin({ pacing: { bulkStartMs: 5_000 } });
    const ids: string[] = [];
    for (let turn = 0; turn < 5; turn += 1) ids.push((await run(ORDERS)).id);
    const { data } = await running.graphql<Run>(token, RUN, { query: ORDERS });
    expect(data.bulkOperationRunQuery).toEqual({
      bulkOperation: null,
      userErrors: [
        {
          field: null,
          code: "OPERATION_IN_PROGRESS",
          message: `A bulk query operation for this app and shop is already in progress: ${ids.join(", ")}.`,
        },
      ],
    });
  });

  it("can be cancelled while it runs, not when it has ended", async () => {
    await begin({ pacing: { bulkStartMs: 50 } });
    const cancel = `mutation($id: ID!) { bulkOperationCancel(id: $id) { bulkOperation { status } userErrors { field message } } }`;
    const { id } = await run(ORDERS);
    expect(await running.graphql(token, cancel, { id })).toMatchObject({
      data: { bulkOperationCancel: { bulkOperation: { status: "CANCELING" }, userErrors: [] } },
    });
    expect(await ended(id)).toMatchObject({
      status: "CANCELED",
      completedAt: null,
      fileSize: null,
      partialDataUrl: null,
    });
    const done = await ended((await run(ORDERS)).id);
    expect(await running.graphql(token, cancel, { id: done.id })).toMatchObject({
      data: {
        bulkOperationCancel: {
          bulkOperation: { status: "COMPLETED" },
          userErrors: [
            { field: null, message: "A bulk operation cannot be canceled when it is completed" },
          ],
        },
      },
    });
    const missing = { id: "gid://shopify/BulkOperation/1" };
    expect(await running.graphql(token, cancel, missing)).toMatchObject({
      data: {
        bulkOperationCancel: {
          bulkOperation: null,
          userErrors: [{ field: ["id"], message: "Bulk operation does not exist" }],
        },
      },
    });
  });

  it("fails when the stand-in lacks a field, and says why at /_sim", async () => {
    await begin();
    const { id } = await run("{ orders { edges { node { id phone } } } }");
    expect(await ended(id)).toMatchObject({ status: "FAILED", errorCode: "INTERNAL_SERVER_ERROR" });
    expect(await running.sim("/shops/tiny.myshopify.com/bulk-operations")).toMatchObject({
      operations: [{ failure: "The stand-in does not hold Order.phone" }],
    });
  });

  it("fails with ACCESS_DENIED when its scope is missing", async () => {
    await begin();
    await running.sim("/shops/tiny.myshopify.com/scopes", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ scopes: ["read_products"] }),
    });
    const { id } = await run(ORDERS);
    expect(await ended(id)).toMatchObject({
      status: "FAILED",
      errorCode: "ACCESS_DENIED",
      url: null,
    });
  });

  it("keeps its file for seven days", async () => {
    let now = new Date("2026-06-30T12:00:00Z");
    await begin({ now: () => now, offlineTokenSeconds: 30 * 86_400 });
    const { id } = await run(ORDERS);
    const { url } = await ended(id);
    const forged = (url ?? "").replace(/Signature=[^&]+/, "Signature=none");
    expect((await download(forged)).status).toBe(403);
    now = new Date(now.getTime() + 7 * 86_400_000);
    expect((await download(url ?? "")).status).toBe(400);
    expect(await poll(id)).toMatchObject({ status: "EXPIRED", url: null });
  });

  it("survives a restart: the operation, its file and the tokens", async () => {
    const stateDir = mkdtempSync(join(tmpdir(), "sim-test-"));
    const store = { kind: "given" as const, store: tinyStore() };
    await begin({ stateDir, stores: [store] });
    const done = await ended((await run(ORDERS)).id);
    const cutShort = await run(ORDERS);
    await running.stop();
    running = await Running.start({ stateDir, stores: [store] });
    expect(await poll(done.id)).toEqual(done);
    expect((await download(done.url ?? "")).status).toBe(200);
    expect(await ended(cutShort.id)).toMatchObject({ status: "COMPLETED", objectCount: "6" });
  });
});
