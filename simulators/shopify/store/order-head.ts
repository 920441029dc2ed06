import { financialStatus } from "./orders/status";
import type { OrderRecord } from "./records";
import type { OrderHead } from "./types";

/** What search, sort and counting need of an order. */
export function orderHead(record: OrderRecord): OrderHead {
  return {
    id: record.id,
    name: record.name,
    createdAt: record.createdAt,
    processedAt: record.processedAt,
    updatedAt: record.updatedAt,
    cancelledAt: record.cancelledAt,
    test: record.test,
    financialStatus: financialStatus(record),
    customerId: record.customer?.id ?? null,
    email: record.email,
  };
}
