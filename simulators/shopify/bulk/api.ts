import type { SimulatorContext } from "../context";
import { bulkFault, bulkRefusal } from "../faults/bulk-fault";
import { listSource, numberOfGid } from "../graphql/connections";
import type { RequestContext } from "../graphql/request-context";
import { type SearchFields, searchFilter } from "../search/filter";
import type { PlainNode } from "../store/types";
import { type BulkOperationRecord, bulkGid, isOpen } from "./record";
import { resultUrl } from "./result-address";
import { validateBulkQuery } from "./validate";

type Arguments = Record<string, unknown>;

const CONCURRENT = 5;

const FIELDS: SearchFields<BulkOperationRecord> = {
  id: { kind: "id", get: (record) => record.id },
  created_at: { kind: "time", get: (record) => record.createdAt },
  status: { kind: "text", get: (record) => record.status },
  operation_type: { kind: "text", get: () => "QUERY" },
};

/** Root queries about bulk operations. */
export const bulkQueries = {
  bulkOperation: (request: RequestContext, args: Arguments): PlainNode | null => {
    const record = findRecord(request, args.id);
    return record && operationNode(request.simulator, record);
  },
  bulkOperations: (request: RequestContext, args: Arguments) => {
    const filter = searchFilter(typeof args.query === "string" ? args.query : null, FIELDS);
    const records = request.shop.state.bulkOperations.filter(
      (record) => filter.matches === null || filter.matches(record),
    );
    const key = args.sortKey === "COMPLETED_AT" ? "completedAt" : "createdAt";
    records.sort(
      (a, b) => (a[key] ?? Number.MAX_VALUE) - (b[key] ?? Number.MAX_VALUE) || a.id - b.id,
    );
    if (args.reverse === true) records.reverse();
    return listSource(records.map((record) => operationNode(request.simulator, record)));
  },
  currentBulkOperation: (request: RequestContext): PlainNode | null => {
    const last = request.shop.state.bulkOperations.at(-1);
    return last ? operationNode(request.simulator, last) : null;
  },
};

/** Mutations that start and cancel bulk queries. */
export const bulkMutations = {
  bulkOperationRunQuery: (request: RequestContext, args: Arguments): PlainNode => {
    const query = String(args.query);
    const { simulator, shop } = request;
    const checked = validateBulkQuery(simulator.schema, query);
    if ("refusal" in checked) {
      return refused({ field: ["query"], code: "INVALID", message: checked.refusal });
    }
    const refusal = bulkRefusal(simulator.faults, shop.state.domain, query);
    if (refusal) return refused(refusal);
    const open = shop.state.bulkOperations.filter(isOpen);
    if (open.length >= CONCURRENT) {
      const ids = open.map((record) => bulkGid(record.id)).join(", ");
      const message = `A bulk query operation for this app and shop is already in progress: ${ids}.`;
      return refused({ field: null, code: "OPERATION_IN_PROGRESS", message });
    }
    const content = simulator.state.content;
    const record: BulkOperationRecord = {
      id: content.nextBulkId,
      status: "CREATED",
      query,
      groupObjects: args.groupObjects === true,
      scopes: request.token.scopes,
      errorCode: null,
      failure: null,
      createdAt: simulator.now().getTime(),
      completedAt: null,
      objectCount: 0,
      rootObjectCount: 0,
      fileSize: null,
      fault: bulkFault(simulator.faults, shop.state.domain, query),
      partial: false,
      hash: null,
      urlExpiresAt: null,
    };
    content.nextBulkId += 1;
    shop.state.bulkOperations.push(record);
    simulator.state.changed();
    simulator.bulk.start(shop, record);
    return { bulkOperation: operationNode(simulator, record), userErrors: [] };
  },
  bulkOperationCancel: (request: RequestContext, args: Arguments): PlainNode => {
    const record = findRecord(request, args.id);
    if (!record) {
      return refused({ field: ["id"], message: "Bulk operation does not exist" });
    }
    if (isOpen(record)) {
      record.status = "CANCELING";
      request.simulator.state.changed();
      return { bulkOperation: operationNode(request.simulator, record), userErrors: [] };
    }
    const state = record.status.toLowerCase();
    const message = `A bulk operation cannot be canceled when it is ${state}`;
    const node = operationNode(request.simulator, record);
    return { bulkOperation: node, userErrors: [{ field: null, message }] };
  },
};

function refused(error: Record<string, unknown>): PlainNode {
  return { bulkOperation: null, userErrors: [error] };
}

function findRecord(request: RequestContext, gid: unknown): BulkOperationRecord | null {
  const id = numberOfGid(gid);
  return request.shop.state.bulkOperations.find((record) => record.id === id) ?? null;
}

/** A record as GraphQL shows it: counts are strings, an outlived result is EXPIRED. */
export function operationNode(context: SimulatorContext, record: BulkOperationRecord): PlainNode {
  const seconds = (at: number | null) =>
    at === null ? null : new Date(at).toISOString().replace(/\.\d+Z$/, "Z");
  const isExpired = record.urlExpiresAt !== null && record.urlExpiresAt <= context.now().getTime();
  return {
    __typename: "BulkOperation",
    id: bulkGid(record.id),
    status: isExpired && !record.partial ? "EXPIRED" : record.status,
    type: "QUERY",
    errorCode: record.errorCode,
    createdAt: seconds(record.createdAt),
    completedAt: seconds(record.completedAt),
    objectCount: String(record.objectCount),
    rootObjectCount: String(record.rootObjectCount),
    fileSize: record.fileSize === null ? null : String(record.fileSize),
    url: isExpired || record.partial ? null : resultUrl(record, context.apiSecret),
    partialDataUrl: record.partial && !isExpired ? resultUrl(record, context.apiSecret) : null,
    query: record.query,
  };
}
