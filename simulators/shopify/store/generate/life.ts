import { fulfillOrder } from "../orders/fulfill";
import { cancelOrder } from "../orders/refunds";
import type { PaymentState } from "./checkout";
import { comeBack } from "./comebacks";
import { reviseOrder } from "./revisions";
import { type Life, STORIES, type Story } from "./story";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const CANCEL_REASONS = ["CUSTOMER", "INVENTORY", "FRAUD", "DECLINED", "STAFF", "OTHER"];

const STORY_NAMES = Object.keys(STORIES) as Story[];
const STORY_WEIGHTS = Object.values(STORIES);

/** What becomes of an order after its checkout, each event later than the one before. */
export function liveOn(life: Life, payment: PaymentState): void {
  const { draft, random, now } = life;
  const placed = draft.record.createdAt;
  if (payment !== "paid") {
    const at = placed + random.int(1, 5) * DAY;
    if (at <= now && random.chance(0.4)) cancelOrder(draft, at, random.pick(CANCEL_REASONS));
    return;
  }
  const story = STORY_NAMES[random.weighted(STORY_WEIGHTS)] ?? "kept";
  const early = draft.record.updatedAt + random.int(1, 10) * HOUR;
  if (story === "cancelled" && early <= now) {
    cancelOrder(draft, early, random.pick(CANCEL_REASONS));
    return;
  }
  if (early <= now) reviseOrder(life, story, early);
  const sent = Math.max(placed + random.int(12, 80) * HOUR, draft.record.updatedAt);
  if (draft.record.sourceName === "pos") fulfillOrder(draft, placed, placed);
  else if (sent <= now && random.chance(0.985)) {
    const arrives = sent + 3 * DAY;
    fulfillOrder(draft, sent, arrives <= now ? arrives : null);
  }
  const back = Math.max(draft.record.updatedAt, sent) + random.int(DAY, 30 * DAY);
  if (back <= now) comeBack(life, story, back - (back % 1000));
}
