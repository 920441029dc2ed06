import { randomInt } from "node:crypto";
import { type KnownShop, knownShop, type SimulatorContext } from "../context";
import { ImpossibleError } from "./change-order";
import { happen } from "./happen";

const TICK_MS = 250;
/** A clock that is moved far ahead brings a day's worth at most in one tick. */
const MOST_AT_ONCE = 200;

/** Keeps orders coming in shops that are live, by the stand-in's own clock. */
export class LiveShops {
  private readonly last = new Map<string, { at: number; owed: number }>();
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly context: () => SimulatorContext) {
    this.timer = setInterval(() => this.tick(), TICK_MS);
    this.timer.unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private tick(): void {
    const context = this.context();
    const now = context.now().getTime();
    for (const domain of context.shops.keys()) {
      const shop = knownShop(context, domain);
      const rate = shop?.state.live?.orders_per_minute ?? 0;
      const before = this.last.get(domain);
      const owed = (before?.owed ?? 0) + (Math.max(0, now - (before?.at ?? now)) / 60_000) * rate;
      const due = Math.min(MOST_AT_ONCE, Math.floor(owed));
      this.last.set(domain, { at: now, owed: rate === 0 ? 0 : owed - Math.floor(owed) });
      if (!shop || rate === 0) continue;
      for (let n = 0; n < due; n += 1) oneOrder(context, shop);
    }
  }
}

/** A new order; now and then something also happens to one of the newest. */
function oneOrder(context: SimulatorContext, shop: KnownShop): void {
  happen(context, shop, { kind: "place", seed: randomInt(2 ** 31) });
  const roll = randomInt(100);
  const action =
    roll < 40 ? "fulfill" : roll < 44 ? "refund" : roll < 46 ? "edit" : roll < 48 ? "cancel" : null;
  const { heads } = shop.data.store;
  const head = heads[heads.length - 1 - randomInt(Math.min(50, heads.length))];
  if (!action || !head) return;
  try {
    happen(context, shop, { kind: "order", action, orderId: head.id, input: {} });
  } catch (error) {
    // What cannot happen to the order that chance chose does not happen.
    if (!(error instanceof ImpossibleError)) throw error;
  }
}
