import { readFileSync } from "node:fs";
import { parse } from "smol-toml";
import { z } from "zod";

const manifestSchema = z.object({
  name: z.string().optional(),
  application_url: z.string().optional(),
  access_scopes: z
    .object({ scopes: z.string().default(""), optional_scopes: z.array(z.string()).default([]) })
    .optional(),
  auth: z.object({ redirect_urls: z.array(z.string()).default([]) }).optional(),
  webhooks: z
    .object({
      api_version: z.string().optional(),
      subscriptions: z
        .array(
          z.object({
            topics: z.array(z.string()).default([]),
            compliance_topics: z.array(z.string()).default([]),
            uri: z.string(),
          }),
        )
        .default([]),
    })
    .optional(),
});

/** What the stand-in needs of the app's shopify.app.toml. */
export interface AppManifest {
  name: string | null;
  scopes: string[];
  /** May be granted and withdrawn while the app is installed. */
  optionalScopes: string[];
  redirectUrls: string[];
  webhookApiVersion: string;
  /** topic (`orders/create`) → where it is delivered, absolute or under the app's URL. */
  webhookUris: Map<string, string[]>;
}

const DEFAULT_SCOPES =
  "read_orders,read_all_orders,read_products,read_customers,read_inventory,read_returns,read_reports";

/**
 * Reads scopes and webhook subscriptions of the app's TOML; without a file the scopes are those
 * the reference names and nothing is subscribed. Throws when the file is not a manifest.
 */
export function readAppManifest(path: string | undefined): AppManifest {
  const raw = manifestSchema.parse(path ? parse(readFileSync(path, "utf8")) : {});
  const webhookUris = new Map<string, string[]>();
  for (const subscription of raw.webhooks?.subscriptions ?? []) {
    for (const topic of [...subscription.topics, ...subscription.compliance_topics]) {
      webhookUris.set(topic, [...(webhookUris.get(topic) ?? []), subscription.uri]);
    }
  }
  return {
    name: raw.name ?? null,
    scopes: (raw.access_scopes?.scopes ?? DEFAULT_SCOPES).split(",").map((scope) => scope.trim()),
    optionalScopes: raw.access_scopes?.optional_scopes ?? [],
    redirectUrls: raw.auth?.redirect_urls ?? [],
    webhookApiVersion: raw.webhooks?.api_version ?? "2026-01",
    webhookUris,
  };
}
