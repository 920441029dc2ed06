import type { BulkOperationRecord } from "../bulk/record";
import type { FaultBook } from "./book";
import { BULK_FAULTS, BULK_REFUSALS } from "./kinds";

/** The texts of these two are not recorded anywhere; the codes are those of the schema. */
const REFUSALS = {
  bulk_refuse_agreements: {
    code: "INVALID",
    message:
      "Bulk queries cannot contain connections whose nodes do not implement the Node interface. Invalid connection fields: 'agreements'.",
  },
  bulk_limit_reached: {
    code: "LIMIT_REACHED",
    message: "The limit of bulk operations for this app and shop has been reached.",
  },
} as const;

/** A userError for a query that a fault refuses, or null. Agreements are refused only where asked for. */
export function bulkRefusal(
  faults: FaultBook,
  shop: string,
  query: string,
): { field: string[]; code: string; message: string } | null {
  const kinds = BULK_REFUSALS.filter(
    (kind) => kind !== "bulk_refuse_agreements" || /\bagreements\b/.test(query),
  );
  const fault = faults.take(shop, kinds, query);
  if (fault?.kind !== "bulk_refuse_agreements" && fault?.kind !== "bulk_limit_reached") return null;
  return { field: ["query"], ...REFUSALS[fault.kind] };
}

/** The fault an accepted operation is to meet. */
export function bulkFault(
  faults: FaultBook,
  shop: string,
  query: string,
): BulkOperationRecord["fault"] {
  const fault = faults.take(shop, BULK_FAULTS, query);
  const kind = BULK_FAULTS.find((known) => known === fault?.kind);
  return fault && kind ? { kind, errorCode: fault.error_code } : null;
}

/** Whether the operation ends before all is written. */
export function endsEarly(record: BulkOperationRecord): boolean {
  const kind = record.fault?.kind;
  return kind === "bulk_failed" || kind === "bulk_partial" || kind === "bulk_canceled";
}

/** The lines of a window that reach the file. What is announced is another matter. */
export function deliveredLines(record: BulkOperationRecord, lines: string[]): string[] {
  if (record.fault?.kind === "bulk_rows_missing") {
    return lines.slice(0, lines.length - Math.ceil(lines.length / 3));
  }
  return endsEarly(record) ? lines.slice(0, Math.ceil(lines.length / 2)) : lines;
}

/** Ends an operation as its fault wants; false when it has none that concerns the end. */
export function endByFault(
  record: BulkOperationRecord,
  result: { hash: string; bytes: number; now: number; urlLifeMs: number },
): boolean {
  const fault = record.fault;
  const { hash, bytes, now, urlLifeMs } = result;
  switch (fault?.kind) {
    case "bulk_failed":
    case "bulk_partial":
      record.status = "FAILED";
      record.errorCode = fault.errorCode;
      record.failure = "a fault asked for over /_sim";
      record.completedAt = now;
      if (fault.kind === "bulk_failed") return true;
      record.partial = true;
      record.hash = hash;
      record.urlExpiresAt = now + urlLifeMs;
      return true;
    case "bulk_canceled":
      record.status = "CANCELED";
      return true;
    case "bulk_no_url":
      record.status = "COMPLETED";
      record.completedAt = now;
      return true;
    case "bulk_expired":
      record.status = "COMPLETED";
      record.completedAt = now;
      record.hash = hash;
      record.fileSize = bytes;
      record.urlExpiresAt = now;
      return true;
    default:
      return false;
  }
}
