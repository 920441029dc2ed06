import { z } from "zod";
import { webDatabase } from "~/lib/db.server";
import { env } from "~/lib/env.server";
import { parseExactJson } from "~/lib/exact-json";
import { problemResponse } from "~/lib/problem";
import { tenantDb } from "~/lib/tenant-db.server";
import { type Delivery, readWebhook } from "./handle-webhook.server";
import { keepWebhook, markProcessed } from "./keep-webhook.server";
import { isSignedByShopify } from "./webhook-signature.server";

/** Shopify's largest deliveries (orders of many lines) stay well below. */
const MAX_BODY_BYTES = 5 * 1024 * 1024;

const headersSchema = z.object({
  "x-shopify-hmac-sha256": z.string().min(1),
  "x-shopify-topic": z.string().min(1),
  "x-shopify-shop-domain": z.string().regex(/^[a-z0-9][a-z0-9-]*\.myshopify\.com$/i),
  "x-shopify-api-version": z.string().min(1),
  "x-shopify-webhook-id": z.string().min(1),
  "x-shopify-event-id": z.string().optional(),
  "x-shopify-triggered-at": z.iso.datetime({ offset: true }).optional(),
});

/**
 * Takes one delivery: verified over its raw bytes, stored once, answered; what it is about is read
 * afterwards. Not the library's
 * `authenticate.webhook`, which reads a session and may refresh its token on each delivery, and
 * rounds ids above 2^53 (docs/decisions/010).
 *
 * 400: a header is missing, or the body is not JSON of its topic's form; 401: not signed by Shopify; 413: too large;
 * 200: stored, or known already. Nothing is stored unless it is signed.
 */
export async function receiveWebhook(request: Request): Promise<Response> {
  if (request.method !== "POST") return problemResponse(405, "Webhooks are posted.");
  const headers = headersSchema.safeParse(Object.fromEntries(request.headers));
  if (!headers.success) return problemResponse(400, "A header of Shopify's is missing.");
  const body = await readBody(request);
  if (!body) return problemResponse(413, "The body is too large.");
  const signature = headers.data["x-shopify-hmac-sha256"];
  if (!isSignedByShopify(body, signature, env().SHOPIFY_API_SECRET)) {
    return problemResponse(401, "The signature is not Shopify's.");
  }
  const text = body.toString("utf8");
  const topic = headers.data["x-shopify-topic"].toLowerCase();
  const meaning = readWebhook(topic, parsePayload(text));
  if (!meaning) return problemResponse(400, "The body is not of its topic's form.");
  const triggeredAt = headers.data["x-shopify-triggered-at"];
  const delivery: Delivery = {
    shopId: headers.data["x-shopify-shop-domain"].toLowerCase(),
    webhookId: headers.data["x-shopify-webhook-id"],
    topic,
    triggeredAt: triggeredAt ? new Date(triggeredAt) : new Date(),
  };
  const { "x-shopify-hmac-sha256": _signature, ...kept } = headers.data;
  const mark = meaning.kind === "mark" ? meaning.mark : null;
  const db = tenantDb(webDatabase(), { kind: "shop", shopId: delivery.shopId });
  const toDo = await keepWebhook(db, delivery, { headers: kept, body: text, mark });
  if (toDo && meaning.kind === "work") await meaning.work(db, delivery);
  if (toDo && meaning.kind !== "mark") await markProcessed(db, delivery);
  return new Response(null, { status: 200 });
}

/** null when it is larger than any honest delivery. */
async function readBody(request: Request): Promise<Buffer | null> {
  if (Number(request.headers.get("content-length") ?? 0) > MAX_BODY_BYTES) return null;
  const reader = request.body?.getReader();
  if (!reader) return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    chunks.push(read.value);
    size += read.value.byteLength;
    if (size > MAX_BODY_BYTES) return null;
  }
  return Buffer.concat(chunks);
}

/** undefined for what is not JSON. */
function parsePayload(text: string): unknown {
  try {
    return parseExactJson(text, { decimals: "text" });
  } catch {
    return undefined;
  }
}
