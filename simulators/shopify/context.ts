import type { AppManifest } from "./app-manifest";
import type { BulkOperationRecord } from "./bulk/record";
import type { FaultBook } from "./faults/book";
import type { AdminSchema } from "./graphql/schema";
import type { Buckets } from "./graphql/throttle";
import type { LiveStore } from "./live/live-store";
import type { AuthorizationCodes } from "./oauth/codes";
import type { Pacing } from "./options";
import type { RequestLog } from "./request-log";
import type { ShopData } from "./shop-data";
import type { ShopState, SimulatorState } from "./state";
import type { WebhookDelivery } from "./webhooks/delivery";

export interface BulkOperations {
  /** Runs the operation in the background to its end. */
  start(shop: KnownShop, record: BulkOperationRecord): void;
  /** Path of a result file. */
  file(hash: string): string;
  stop(): Promise<void>;
}

export interface Webhooks {
  deliveries: WebhookDelivery[];
  /** Sends to every uri that subscribed to the topic, in the background. */
  send(shop: string, topic: string, body: unknown, eventId?: string): WebhookDelivery[];
  stop(): Promise<void>;
}

/** What every part of the stand-in shares; made once by the server. */
export interface SimulatorContext {
  apiKey: string;
  apiSecret: string;
  appUrl: string;
  appName: string;
  manifest: AppManifest;
  shops: Map<string, ShopData>;
  live: Map<string, LiveStore>;
  state: SimulatorState;
  schema: AdminSchema;
  buckets: Buckets;
  bulk: BulkOperations;
  webhooks: Webhooks;
  requests: RequestLog;
  faults: FaultBook;
  codes: AuthorizationCodes;
  pacing: Pacing;
  offlineTokenSeconds: number;
  now(): Date;
  report(message: string): void;
}

/** A shop that exists: its content and its remembered state. */
export interface KnownShop {
  data: ShopData;
  state: ShopState;
  live: LiveStore;
}

/** The shop of a myshopify domain, or null when there is none. */
export function knownShop(context: SimulatorContext, domain: string): KnownShop | null {
  const data = context.shops.get(domain);
  const state = context.state.shop(domain);
  const live = context.live.get(domain);
  return data && state && live ? { data, state, live } : null;
}
