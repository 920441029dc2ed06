import { randomUUID } from "node:crypto";
import type { KnownShop, SimulatorContext } from "../context";
import { withoutPersonalData } from "../protected-data";
import type { StoreEventInput } from "./events";
import type { Happening } from "./live-store";

/** Lets something happen to a shop's store, now or at an instant that has passed, and tells the app by webhooks of one event id. */
export function happen(
  context: SimulatorContext,
  shop: KnownShop,
  input: StoreEventInput,
  at: Date = context.now(),
): Happening {
  const happening = shop.live.happen(input, at);
  if (!shop.state.installed) return happening;
  const eventId = randomUUID();
  for (const { topic, body } of happening.announcements) {
    const told = withoutPersonalData(shop.state, body);
    context.webhooks.send(shop.state.domain, topic, told, eventId);
  }
  return happening;
}
