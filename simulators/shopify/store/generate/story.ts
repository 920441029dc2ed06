import type { OrderDraft } from "../orders/draft";
import type { Random } from "../random";
import type { ProductRecord } from "../records-catalogue";

/** What can become of a paid order, per thousand; the rest is sent and kept. */
export const STORIES = {
  kept: 858,
  cancelled: 12,
  unitRemoved: 12,
  lineAdded: 9,
  discountRaised: 9,
  returned: 26,
  returnedBroken: 10,
  returnedWhole: 18,
  restockingWithheld: 9,
  returnFee: 12,
  goodsWithoutMoney: 8,
  moneyWithoutGoods: 10,
  returnedWithShipping: 7,
} as const;

export type Story = keyof typeof STORIES;

export interface Life {
  draft: OrderDraft;
  random: Random;
  /** Nothing happens after it. */
  now: number;
  catalogue: ProductRecord[];
}
