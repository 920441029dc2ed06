import type { FaultInput, FaultKind } from "./kinds";

/** A fault that waits for its call, with how often it has struck. */
export interface Fault extends FaultInput {
  id: number;
  fired: number;
}

/** The faults that each shop's calls are to meet, in the order in which they were asked for. */
export class FaultBook {
  private readonly faults = new Map<string, Fault[]>();
  private nextId = 1;

  add(shop: string, input: FaultInput): Fault {
    const fault = { ...input, id: this.nextId, fired: 0 };
    this.nextId += 1;
    this.faults.set(shop, [...this.list(shop), fault]);
    return fault;
  }

  /** Every fault of a shop, those that have run out too: `fired` tells a test that it was met. */
  list(shop: string): Fault[] {
    return this.faults.get(shop) ?? [];
  }

  clear(shop: string): void {
    this.faults.delete(shop);
  }

  /** The first fault of these kinds that is due for this call; it counts as fired. */
  take(shop: string, kinds: readonly FaultKind[], about: string): Fault | null {
    const found = this.list(shop).find(
      (fault) =>
        kinds.includes(fault.kind) &&
        (fault.times === null || fault.fired < fault.times) &&
        (fault.match === undefined || about.includes(fault.match)),
    );
    if (!found) return null;
    found.fired += 1;
    return found;
  }
}
