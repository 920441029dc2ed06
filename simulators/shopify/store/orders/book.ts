import { IdRange, numberedId } from "../ids";
import type { OrderDraft } from "./draft";
import { type OrderInput, placeOrder } from "./place";

/** Ids an order may use of each kind. */
const IDS_PER_ORDER = 64;

/** Gives orders their ids, numbers and names in the order in which they are placed. */
export class OrderBook {
  readonly drafts: OrderDraft[] = [];

  /** `first` leaves room below: ids of these orders begin at that position. */
  constructor(
    readonly currency: string,
    private readonly first = 0,
  ) {}

  /** Places an order; its draft can then be paid, refunded, edited, cancelled. */
  place(input: Omit<OrderInput, "currency">): OrderDraft {
    const n = this.first + this.drafts.length;
    const draft = placeOrder(
      { currency: this.currency, ...input },
      { id: numberedId("Order", n * 32_768), number: 1001 + n },
      new IdRange(n * IDS_PER_ORDER, IDS_PER_ORDER),
    );
    this.drafts.push(draft);
    return draft;
  }
}
