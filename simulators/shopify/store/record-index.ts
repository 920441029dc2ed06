import { orderHead } from "./order-head";
import { received, refunded } from "./orders/payments";
import type { CustomerRecord, DraftOrderRecord, OrderRecord } from "./records";
import type { ProductRecord } from "./records-catalogue";
import type { OrderHead, StoreRecords } from "./types";

/** The records of a store, with what has changed since it was made laid over them. */
export class RecordIndex implements StoreRecords {
  heads: OrderHead[];
  readonly customers: CustomerRecord[];
  readonly catalogue: ProductRecord[];
  readonly draftOrders: DraftOrderRecord[];
  version = 0;
  private readonly changedOrders = new Map<number, OrderRecord>();
  private readonly base: (id: number) => OrderRecord | undefined;

  constructor(parts: {
    heads: OrderHead[];
    record: (id: number) => OrderRecord | undefined;
    customers: CustomerRecord[];
    catalogue: ProductRecord[];
    draftOrders?: DraftOrderRecord[];
  }) {
    this.heads = parts.heads;
    this.base = parts.record;
    this.customers = parts.customers;
    this.catalogue = parts.catalogue;
    this.draftOrders = parts.draftOrders ?? [];
  }

  order(id: number): OrderRecord | null {
    if (this.positionOf(id) === null) return null;
    return this.changedOrders.get(id) ?? this.base(id) ?? null;
  }

  put(record: OrderRecord): void {
    this.changedOrders.set(record.id, record);
    const position = this.positionOf(record.id);
    const head = orderHead(record);
    if (position === null) this.heads = [...this.heads, head];
    else this.heads[position] = head;
    if (record.customer) this.recount(record.customer, record);
    this.changed();
  }

  remove(id: number): OrderRecord | null {
    const record = this.order(id);
    if (!record) return null;
    this.heads = this.heads.filter((head) => head.id !== id);
    this.changedOrders.delete(id);
    if (record.customer) this.recount(record.customer, null);
    this.changed();
    return record;
  }

  changed(): void {
    this.version += 1;
  }

  /** Position among the heads, which stand in order of their ids. */
  private positionOf(id: number): number | null {
    let [low, high] = [0, this.heads.length - 1];
    while (low <= high) {
      const middle = (low + high) >> 1;
      const found = this.heads[middle]?.id ?? 0;
      if (found === id) return middle;
      if (found < id) low = middle + 1;
      else high = middle - 1;
    }
    return null;
  }

  /** What a customer is known by, after one of their orders came, changed or went. */
  private recount(customer: CustomerRecord, cause: OrderRecord | null): void {
    if (!this.customers.includes(customer)) this.customers.push(customer);
    customer.orders = 0;
    customer.spent = 0;
    for (const head of this.heads) {
      if (head.customerId !== customer.id || head.test) continue;
      const record = this.order(head.id);
      if (!record) continue;
      customer.orders += 1;
      customer.spent += received(record, "amount") - refunded(record, "amount");
    }
    if (!cause) return;
    customer.updatedAt = Math.max(customer.updatedAt, cause.updatedAt);
    if (!cause.test) cause.customerOrderIndex ??= customer.orders;
  }
}
