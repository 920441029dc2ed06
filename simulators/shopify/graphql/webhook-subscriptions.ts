import type { PlainNode } from "../store/types";
import type { WebhookSubscriptionRecord } from "../webhooks/delivery";
import { listSource, numberOfGid, type PageSource } from "./connections";
import type { RequestContext } from "./request-context";

type Arguments = Record<string, unknown>;

/** Resources whose names hold an underscore: elsewhere the first one parts resource and event. */
const LONG_NAMES = [
  "app_subscriptions",
  "bulk_operations",
  "customer_groups",
  "draft_orders",
  "fulfillment_events",
  "inventory_items",
  "inventory_levels",
  "order_transactions",
  "product_listings",
  "tender_transactions",
];

/** `ORDERS_CREATE` as headers and TOML write it: `orders/create`. */
function topicPath(topic: string): string {
  const lower = topic.toLowerCase();
  const long = LONG_NAMES.find((name) => lower.startsWith(`${name}_`));
  const at = long ? long.length : lower.indexOf("_");
  return `${lower.slice(0, at)}/${lower.slice(at + 1)}`;
}

const topicName = (path: string) => path.toUpperCase().replace("/", "_");

function subscriptionNode(record: WebhookSubscriptionRecord): PlainNode {
  const at = new Date(record.createdAt).toISOString().replace(/\.\d+Z$/, "Z");
  return {
    __typename: "WebhookSubscription",
    id: `gid://shopify/WebhookSubscription/${record.id}`,
    legacyResourceId: String(record.id),
    topic: topicName(record.topic),
    uri: record.uri,
    callbackUrl: record.uri,
    endpoint: { __typename: "WebhookHttpEndpoint", callbackUrl: record.uri },
    format: "JSON",
    filter: null,
    includeFields: [],
    metafieldNamespaces: [],
    metafields: [],
    createdAt: at,
    updatedAt: at,
    apiVersion: { handle: "2026-01", displayName: "2026-01", supported: true },
  };
}

const held = (request: RequestContext) => request.shop.state.webhookSubscriptions ?? [];

/** Subscriptions made through the Admin API; those of the TOML are not listed, at Shopify neither. */
export function listSubscriptions(request: RequestContext, args: Arguments): PageSource {
  const topics = Array.isArray(args.topics) ? args.topics.map((one) => topicPath(String(one))) : [];
  const found = held(request).filter((one) => topics.length === 0 || topics.includes(one.topic));
  return listSource(found.map(subscriptionNode));
}

export const subscriptionMutations = {
  webhookSubscriptionCreate: (request: RequestContext, args: Arguments): PlainNode => {
    const input: unknown = args.webhookSubscription;
    const given = typeof input === "object" && input !== null ? Reflect.get(input, "uri") : null;
    const uri = typeof given === "string" ? given : "";
    const topic = topicPath(String(args.topic));
    const refuse = (message: string) => ({
      webhookSubscription: null,
      userErrors: [{ field: ["webhookSubscription", "callbackUrl"], message }],
    });
    if (!URL.canParse(uri)) return refuse("Address is invalid");
    if (held(request).some((one) => one.topic === topic && one.uri === uri)) {
      return refuse("Address for this topic has already been taken");
    }
    const { state } = request.simulator;
    const createdAt = request.simulator.now().getTime();
    const id = Math.max(1_700_000_000_000, ...held(request).map((one) => one.id)) + 1;
    const record = { id, topic, uri, createdAt };
    request.shop.state.webhookSubscriptions = [...held(request), record];
    state.changed();
    return { webhookSubscription: subscriptionNode(record), userErrors: [] };
  },
  webhookSubscriptionDelete: (request: RequestContext, args: Arguments): PlainNode => {
    const id = numberOfGid(args.id);
    if (!held(request).some((one) => one.id === id)) {
      const message = "Webhook subscription does not exist";
      return { deletedWebhookSubscriptionId: null, userErrors: [{ field: ["id"], message }] };
    }
    request.shop.state.webhookSubscriptions = held(request).filter((one) => one.id !== id);
    request.simulator.state.changed();
    return { deletedWebhookSubscriptionId: args.id, userErrors: [] };
  },
};
