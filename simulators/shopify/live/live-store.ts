import { adPlan } from "../../ad-plan";
import type { AdPlan, AdPlanOptions } from "../../ad-plan/types";
import { eventIds, reopenOrder } from "../store/orders/reopen";
import type { OrderRecord } from "../store/records";
import type { SimStore, StoreRecords } from "../store/types";
import { type Announcement, announceChange, announcePlaced } from "./announce";
import { changeCatalogue } from "./change-catalogue";
import { changePeople } from "./change-customer";
import { changeOrder, ImpossibleError } from "./change-order";
import type { EventLog } from "./event-log";
import type { StoreEvent, StoreEventInput } from "./events";
import { placeRandomOrder } from "./place-order";

/** What an event did: the order it left behind, and what Shopify tells the app of it. */
export interface Happening {
  order: OrderRecord | null;
  announcements: Announcement[];
}

/**
 * A store to which things happen after it was made. Each event is written down before it is told to
 * anybody; replaying the log over the same store gives the same store again.
 */
export class LiveStore {
  private next = 0;
  /** Orders the shop has ever had: names go on from there. */
  private ordersEver: number;
  /** The ads whose clicks bring orders; null for a store that does not advertise. */
  private readonly plan: AdPlan | null;

  constructor(
    private readonly store: SimStore,
    private readonly log: EventLog,
    ads: AdPlanOptions | null = null,
  ) {
    this.plan = ads && adPlan(ads);
    this.ordersEver = store.heads.length;
    for (const event of log.read()) {
      this.apply(event);
      this.next = event.n + 1;
    }
  }

  /** Lets something happen. Throws ImpossibleError, and nothing has happened, where it cannot. */
  happen(input: StoreEventInput, at: Date): Happening {
    const event: StoreEvent = { n: this.next, at: seconds(at), ...input };
    const happening = this.apply(event);
    this.log.add(event);
    this.next += 1;
    return happening;
  }

  private apply(event: StoreEvent): Happening {
    const records = this.records();
    switch (event.kind) {
      case "place":
        return this.place(records, event);
      case "order":
        return this.change(records, event);
      case "product":
      case "cost":
        return { order: null, announcements: changeCatalogue(this.store.shop, records, event) };
      default:
        return { order: null, announcements: changePeople(this.store.shop, records, event) };
    }
  }

  private place(records: StoreRecords, event: Extract<StoreEvent, { kind: "place" }>): Happening {
    const { shop } = this.store;
    const { n, at, seed, click } = event;
    const ads = this.plan && { plan: this.plan, click: click ?? null };
    const draft = placeRandomOrder({ shop, records, n, at, seed, number: this.ordersEver, ads });
    this.ordersEver += 1;
    const order = draft.record;
    const isNew = order.customer !== null && !records.customers.includes(order.customer);
    records.put(order);
    return { order, announcements: announcePlaced(shop, order, isNew) };
  }

  private change(records: StoreRecords, event: Extract<StoreEvent, { kind: "order" }>): Happening {
    const before = records.order(event.orderId);
    if (!before) throw new ImpossibleError(`no order ${event.orderId}`);
    if (event.action === "delete") {
      records.remove(event.orderId);
      const announcements = [{ topic: "orders/delete", body: { id: event.orderId } }];
      return { order: null, announcements };
    }
    const draft = reopenOrder(before, eventIds(event.n));
    changeOrder(draft, event.action, event.input, event.at);
    draft.record.updatedAt = Math.max(draft.record.updatedAt, event.at);
    records.put(draft.record);
    const { shop } = this.store;
    const announcements = announceChange(shop, before, draft.record, event.action);
    return { order: draft.record, announcements };
  }

  private records(): StoreRecords {
    if (!this.store.records) throw new ImpossibleError("hand-made nodes cannot change");
    return this.store.records;
  }
}

function seconds(at: Date): number {
  return Math.floor(at.getTime() / 1000) * 1000;
}
