import type { FaultKind } from "../faults/kinds";

/** One webhook on its way to one address, with what became of each attempt. */
export interface WebhookDelivery {
  webhookId: string;
  shop: string;
  topic: string;
  uri: string;
  attempts: { at: string; status: number | null; error: string | null }[];
  delivered: boolean;
  /** What a test wants to become of it. */
  fault: FaultKind | null;
}

/** A subscription made through the Admin API; those of the app's TOML are not listed with them. */
export interface WebhookSubscriptionRecord {
  id: number;
  /** `orders/create` */
  topic: string;
  uri: string;
  createdAt: number;
}
