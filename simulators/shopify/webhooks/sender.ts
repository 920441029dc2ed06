import { createHmac, randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { SimulatorContext, Webhooks } from "../context";
import type { WebhookDelivery } from "./delivery";

const ATTEMPTS = 9;
const TIMEOUT_MS = 5_000;
const LOG_LIMIT = 1_000;

/** Sends signed webhooks to where the app's TOML wants them, with Shopify's eight retries. */
export class WebhookSender implements Webhooks {
  readonly deliveries: WebhookDelivery[] = [];
  private readonly stopping = new AbortController();
  private readonly open = new Set<Promise<void>>();

  constructor(private readonly context: () => SimulatorContext) {}

  /** Sends in the background; a topic nobody subscribed to is not sent. */
  send(shop: string, topic: string, body: unknown): WebhookDelivery[] {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const uris = this.context().manifest.webhookUris.get(topic) ?? [];
    const eventId = randomUUID();
    return uris.map((uri) => {
      const delivery: WebhookDelivery = {
        webhookId: randomUUID(),
        shop,
        topic,
        uri,
        attempts: [],
        delivered: false,
      };
      this.deliveries.push(delivery);
      if (this.deliveries.length > LOG_LIMIT) this.deliveries.shift();
      const run = this.deliver(delivery, text, eventId).finally(() => this.open.delete(run));
      this.open.add(run);
      return delivery;
    });
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.open);
  }

  private async deliver(delivery: WebhookDelivery, body: string, eventId: string): Promise<void> {
    const { appUrl, apiSecret, manifest, pacing, now } = this.context();
    const triggeredAt = now().toISOString();
    const headers = {
      "Content-Type": "application/json",
      "X-Shopify-Hmac-Sha256": webhookSignature(body, apiSecret),
      "X-Shopify-Topic": delivery.topic,
      "X-Shopify-Shop-Domain": delivery.shop,
      "X-Shopify-API-Version": manifest.webhookApiVersion,
      "X-Shopify-Webhook-Id": delivery.webhookId,
      "X-Shopify-Event-Id": eventId,
      "X-Shopify-Triggered-At": triggeredAt,
    };
    for (let attempt = 0; attempt < ATTEMPTS && !this.stopping.signal.aborted; attempt += 1) {
      const outcome = await this.post(new URL(delivery.uri, appUrl), body, headers);
      delivery.attempts.push({ at: now().toISOString(), ...outcome });
      delivery.delivered = outcome.status !== null && outcome.status >= 200 && outcome.status < 300;
      if (delivery.delivered) return;
      const gap = pacing.webhookRetryMs * 2 ** attempt;
      await sleep(gap, undefined, { signal: this.stopping.signal, ref: false }).catch(() => null);
    }
  }

  private async post(
    url: URL,
    body: string,
    headers: Record<string, string>,
  ): Promise<{ status: number | null; error: string | null }> {
    try {
      const signal = AbortSignal.any([AbortSignal.timeout(TIMEOUT_MS), this.stopping.signal]);
      const response = await fetch(url, {
        method: "POST",
        body,
        headers,
        redirect: "manual",
        signal,
      });
      await response.body?.cancel();
      return { status: response.status, error: null };
    } catch (error) {
      return { status: null, error: error instanceof Error ? error.message : String(error) };
    }
  }
}

/** Base64 of the HMAC-SHA256 of the raw body with the app's secret. */
function webhookSignature(body: string, secret: string): string {
  return createHmac("sha256", secret).update(body, "utf8").digest("base64");
}
