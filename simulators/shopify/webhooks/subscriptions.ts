import type { SimulatorContext } from "../context";
import type { WebhookDelivery } from "./delivery";

/** Where a topic goes: what the app's TOML says, then what the app subscribed to on this shop. */
export function addressesOf(context: SimulatorContext, shop: string, topic: string): string[] {
  const declared = context.manifest.webhookUris.get(topic) ?? [];
  const own = context.state.shop(shop)?.webhookSubscriptions ?? [];
  return [...declared, ...own.flatMap((one) => (one.topic === topic ? [one.uri] : []))];
}

/** After its last failed attempt a subscription of the Admin API is removed; one of the TOML stays. */
export function forgetAfterFailure(context: SimulatorContext, delivery: WebhookDelivery): void {
  const shop = context.state.shop(delivery.shop);
  if (!shop?.webhookSubscriptions) return;
  shop.webhookSubscriptions = shop.webhookSubscriptions.filter(
    (one) => one.topic !== delivery.topic || one.uri !== delivery.uri,
  );
  context.state.changed();
}
