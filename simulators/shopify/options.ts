import type { RequestHandler } from "express";
import type { GenerateOptions, ReplayOptions, SimStore } from "./store/types";

/** Where a store's content comes from; the parameters are remembered, the content is made again from them. */
export type StoreSource =
  | { kind: "generated"; options: GenerateOptions }
  | { kind: "replayed"; options: ReplayOptions }
  | { kind: "given"; store: SimStore };

export interface Pacing {
  /** How long a bulk operation stays CREATED before it runs. */
  bulkStartMs: number;
  /** The shortest time a bulk operation is RUNNING, so that a poll can see its counts rise. */
  bulkRunMs: number;
  /** Gap before the first webhook retry; each later gap is twice as long. */
  webhookRetryMs: number;
}

export interface SimulatorOptions {
  /** 0 picks a free port. */
  port: number;
  /** Also serve HTTPS (self-signed) on this port; 0 picks a free one. Left out: HTTP alone. */
  httpsPort?: number;
  /** Where state survives a restart; left out, state lives in a temporary folder. */
  stateDir?: string;
  apiKey: string;
  apiSecret: string;
  /** The app's origin and entry path, as in its shopify.app.toml. */
  appUrl: string;
  /** The app's name as the admin shows it. */
  appName?: string;
  /** The app's shopify.app.toml: scopes and webhook subscriptions are read from it. */
  appToml?: string;
  stores: StoreSource[];
  /** Orders a minute that keep coming to every store; left out: as remembered, at first none. */
  live?: number;
  /** Other stand-ins under the same origin; each passes on what is not meant for it. */
  beside?: RequestHandler[];
  /** The stand-in's clock. */
  now?: () => Date;
  pacing?: Partial<Pacing>;
  /** Life of an expiring offline token in seconds (Shopify: 3600). */
  offlineTokenSeconds?: number;
  /** Told of what went wrong inside the stand-in; silent when left out. */
  report?: (message: string) => void;
}

export interface ShopifySimulator {
  /** `http://127.0.0.1:PORT` */
  origin: string;
  /** `https://127.0.0.1:PORT`, null without HTTPS. */
  httpsOrigin: string | null;
  /** Where a person sees the app inside the admin. */
  adminUrl(shop: string, path?: string): string;
  stop(): Promise<void>;
}

export const DEFAULT_PACING: Pacing = { bulkStartMs: 150, bulkRunMs: 150, webhookRetryMs: 1_000 };
