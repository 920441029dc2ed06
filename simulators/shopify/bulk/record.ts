import type { BulkFault } from "../faults/kinds";

type BulkStatus =
  | "CREATED"
  | "RUNNING"
  | "COMPLETED"
  | "FAILED"
  | "CANCELING"
  | "CANCELED"
  | "EXPIRED";

/** A bulk operation as the stand-in remembers it. Instants are epoch milliseconds. */
export interface BulkOperationRecord {
  id: number;
  status: BulkStatus;
  query: string;
  groupObjects: boolean;
  scopes: string[];
  errorCode: "ACCESS_DENIED" | "INTERNAL_SERVER_ERROR" | "TIMEOUT" | null;
  /** Why it failed, for whoever debugs: Shopify would not say. */
  failure: string | null;
  createdAt: number;
  completedAt: number | null;
  objectCount: number;
  rootObjectCount: number;
  fileSize: number | null;
  /** What a test wants to become of it. */
  fault?: { kind: BulkFault; errorCode: NonNullable<BulkOperationRecord["errorCode"]> } | null;
  /** The result is `partialDataUrl`, not `url`. */
  partial?: boolean;
  /** Name of the result's file and part of its address. */
  hash: string | null;
  urlExpiresAt: number | null;
}

export function bulkGid(id: number): string {
  return `gid://shopify/BulkOperation/${id}`;
}

export function isOpen(record: BulkOperationRecord): boolean {
  return ["CREATED", "RUNNING", "CANCELING"].includes(record.status);
}
