import { createHmac, randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { SimulatorContext, Webhooks } from "../context";
import { WEBHOOK_FAULTS } from "../faults/kinds";
import type { WebhookDelivery } from "./delivery";
import { addressesOf, forgetAfterFailure } from "./subscriptions";

const ATTEMPTS = 9;
const TIMEOUT_MS = 5_000;
const LOG_LIMIT = 1_000;

interface Parcel {
  delivery: WebhookDelivery;
  body: string;
  eventId: string;
  triggeredAt: string;
}

/** Sends signed webhooks to where the app's TOML wants them, with Shopify's eight retries. */
export class WebhookSender implements Webhooks {
  readonly deliveries: WebhookDelivery[] = [];
  private readonly stopping = new AbortController();
  private readonly open = new Set<Promise<void>>();
  /** Deliveries that a fault holds back until a later one has gone out. */
  private held: (() => void)[] = [];

  constructor(private readonly context: () => SimulatorContext) {}

  /** Sends in the background; a topic nobody subscribed to is not sent. */
  send(shop: string, topic: string, body: unknown, eventId = randomUUID()): WebhookDelivery[] {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const { faults, now } = this.context();
    const triggeredAt = now().toISOString();
    return addressesOf(this.context(), shop, topic).map((uri) => {
      const fault = faults.take(shop, WEBHOOK_FAULTS, topic);
      const delivery: WebhookDelivery = {
        webhookId: randomUUID(),
        shop,
        topic,
        uri,
        attempts: [],
        delivered: false,
        fault: fault?.kind ?? null,
      };
      this.deliveries.push(delivery);
      if (this.deliveries.length > LOG_LIMIT) this.deliveries.shift();
      if (fault?.kind === "webhook_drop") return delivery;
      const parcel = { delivery, body: text, eventId, triggeredAt };
      this.track(this.dispatch(parcel, fault?.ms ?? 0));
      if (fault?.kind === "webhook_duplicate") this.track(this.dispatch(parcel, 0));
      return delivery;
    });
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.open);
  }

  private track(run: Promise<void>): void {
    const tracked = run.finally(() => this.open.delete(tracked));
    this.open.add(tracked);
  }

  private async dispatch(parcel: Parcel, ms: number): Promise<void> {
    const { fault } = parcel.delivery;
    if (fault === "webhook_delay") await this.pause(ms);
    if (fault === "webhook_reorder") {
      await Promise.race([this.pause(ms), new Promise<void>((free) => this.held.push(free))]);
    }
    await this.deliver(parcel);
    if (fault === "webhook_reorder") return;
    for (const free of this.held.splice(0)) free();
  }

  private async deliver({ delivery, body, eventId, triggeredAt }: Parcel): Promise<void> {
    const context = this.context();
    const { appUrl, apiSecret, manifest, pacing, now } = context;
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
      if (attempt < ATTEMPTS - 1) await this.pause(pacing.webhookRetryMs * 2 ** attempt);
    }
    if (!this.stopping.signal.aborted) forgetAfterFailure(context, delivery);
  }

  private async pause(ms: number): Promise<void> {
    const { signal } = this.stopping;
    await sleep(ms, undefined, { signal, ref: false }).catch(() => null);
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
