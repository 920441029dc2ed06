import { z } from "zod";
import type { ShopifySimulator, SimulatorOptions } from "../options";
import { startShopifySimulator } from "../server";
import { tinyStore } from "./tiny-store";

export const KEY = "test-key";
export const SECRET = "test-secret";
export const SHOP = "tiny.myshopify.com";

const tokenSchema = z.object({ access_token: z.string() }).loose();
const sessionSchema = z.object({ session_token: z.string() });

export type Json = Record<string, unknown>;

/** A started stand-in with what a test asks of it again and again. */
export class Running {
  constructor(readonly simulator: ShopifySimulator) {}

  /** Starts one with the tiny store, or with what the test gives. */
  static async start(options: Partial<SimulatorOptions> = {}): Promise<Running> {
    return new Running(
      await startShopifySimulator({
        port: 0,
        apiKey: KEY,
        apiSecret: SECRET,
        appUrl: "http://127.0.0.1:9",
        stores: [{ kind: "given", store: tinyStore() }],
        pacing: { bulkStartMs: 1, bulkRunMs: 1, webhookRetryMs: 5 },
        now: () => new Date("2026-06-30T12:00:00Z"),
        ...options,
      }),
    );
  }

  stop(): Promise<void> {
    return this.simulator.stop();
  }

  fetch(path: string, init: RequestInit = {}, host = SHOP): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set("x-simulated-host", host);
    return fetch(`${this.simulator.origin}${path}`, { redirect: "manual", ...init, headers });
  }

  async sim(path: string, init: RequestInit = {}): Promise<Json> {
    const response = await fetch(`${this.simulator.origin}/_sim${path}`, init);
    return z.record(z.string(), z.unknown()).parse(await response.json());
  }

  /** Posts JSON to `/_sim`. */
  ask(path: string, body: unknown = {}): Promise<Json> {
    const headers = { "content-type": "application/json" };
    return this.sim(path, { method: "POST", headers, body: JSON.stringify(body) });
  }

  /** Asks for a fault of the tiny shop. */
  fault(fault: Json): Promise<Json> {
    return this.ask(`/shops/${SHOP}/faults`, fault);
  }

  post(
    path: string,
    body: unknown,
    headers: Record<string, string> = {},
    signal?: AbortSignal,
  ): Promise<Response> {
    const init = { method: "POST", body: JSON.stringify(body), ...(signal ? { signal } : {}) };
    return this.fetch(path, {
      ...init,
      headers: { "content-type": "application/json", ...headers },
    });
  }

  async sessionToken(query = ""): Promise<string> {
    return sessionSchema.parse(await this.sim(`/shops/${SHOP}/session-token${query}`))
      .session_token;
  }

  exchange(subjectToken: string, kind: "offline" | "online" = "offline", more: Json = {}) {
    return this.post("/admin/oauth/access_token", {
      client_id: KEY,
      client_secret: SECRET,
      grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
      subject_token: subjectToken,
      subject_token_type: "urn:ietf:params:oauth:token-type:id_token",
      requested_token_type: `urn:shopify:params:oauth:token-type:${kind}-access-token`,
      expiring: "1",
      ...more,
    });
  }

  /** Installs the app and answers with an offline token. */
  async installed(): Promise<string> {
    await this.sim(`/shops/${SHOP}/install`, { method: "POST" });
    const response = await this.exchange(await this.sessionToken());
    return tokenSchema.parse(await response.json()).access_token;
  }

  async graphql<T = Json>(token: string, query: string, variables: Json = {}): Promise<T> {
    const response = await this.post(
      "/admin/api/2026-01/graphql.json",
      { query, variables },
      { "x-shopify-access-token": token },
    );
    return (await response.json()) as T;
  }
}
