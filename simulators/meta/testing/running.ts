import { z } from "zod";
import type { AdAccountOptions, MetaOptions } from "../options";
import { type MetaSimulator, startMetaSimulator } from "../server";

export const APP_ID = "700100200300400";
export const APP_SECRET = "meta-test-secret";
export const BACK = "http://127.0.0.1:9/meta/callback";
export const NOW = "2026-06-30T15:20:00Z";

export const USD = "1042231271137151";
export const JPY = "339410370112233";

const plan = { seed: 5, from: "2026-01-01", to: "2026-06-30", scale: 400 };

/** A dollar account in New York and a yen account in Tokyo, half a year old. */
export const ACCOUNTS: AdAccountOptions[] = [
  { id: USD, name: "Tiny US", plan: { ...plan, zone: "America/New_York", currency: "USD" } },
  {
    id: JPY,
    name: "Tiny Japan",
    plan: { ...plan, seed: 6, zone: "Asia/Tokyo", currency: "JPY", scale: 60_000 },
  },
];

export type Json = Record<string, unknown>;

export interface Answer {
  status: number;
  headers: Headers;
  body: Json;
}

const errorSchema = z.object({
  error: z.looseObject({
    message: z.string(),
    code: z.number(),
    error_subcode: z.number().optional(),
  }),
});

/** A started stand-in with what a test asks of it again and again. */
export class RunningMeta {
  constructor(readonly simulator: MetaSimulator) {}

  static async start(options: Partial<MetaOptions> = {}): Promise<RunningMeta> {
    return new RunningMeta(
      await startMetaSimulator({
        port: 0,
        appId: APP_ID,
        appSecret: APP_SECRET,
        redirectUris: [BACK],
        accounts: ACCOUNTS,
        now: () => new Date(NOW),
        pacing: { asyncStartMs: 0, asyncRunMs: 0 },
        ...options,
      }),
    );
  }

  stop(): Promise<void> {
    return this.simulator.stop();
  }

  fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const host = path.includes("/dialog/") ? "www.facebook.com" : "graph.facebook.com";
    const headers = new Headers(init.headers);
    headers.set("x-simulated-host", host);
    return fetch(`${this.simulator.origin}${path}`, { redirect: "manual", ...init, headers });
  }

  /** A Graph call; `path` behind the version, parameters in the query (objects as JSON). */
  async graph(
    path: string,
    params: Json = {},
    method: "GET" | "POST" | "DELETE" = "GET",
    version = "v25.0",
  ): Promise<Answer> {
    const response = await this.fetch(`/${version}/${path}?${queryOf(params)}`, { method });
    return { status: response.status, headers: response.headers, body: await jsonOf(response) };
  }

  async sim(path: string, body?: unknown, method = "POST"): Promise<Json> {
    const init =
      body === undefined
        ? {}
        : {
            method,
            body: JSON.stringify(body),
            headers: { "content-type": "application/json" },
          };
    return jsonOf(await fetch(`${this.simulator.origin}/_sim${path}`, init));
  }

  async token(body: Json = {}): Promise<string> {
    return z.object({ access_token: z.string() }).parse(await this.sim("/meta/tokens", body))
      .access_token;
  }

  /** `code/subcode` and message of a refusal; throws when the call was answered. */
  refusal(answer: Answer): { code: string; message: string } {
    const { error } = errorSchema.parse(answer.body);
    const code = error.error_subcode ? `${error.code}/${error.error_subcode}` : String(error.code);
    return { code, message: error.message };
  }

  /** Every row of an edge, page by page, as a client that follows `next`. */
  async all(path: string, params: Json): Promise<Json[]> {
    let page = pageSchema.parse((await this.graph(path, params)).body);
    const rows = [...page.data];
    while (page.paging?.next) {
      const { pathname, search } = new URL(page.paging.next);
      page = pageSchema.parse(await jsonOf(await this.fetch(pathname + search)));
      rows.push(...page.data);
    }
    return rows;
  }

  /** The truth of an account, a row for each ad and day. */
  async truth(id: string): Promise<TruthRow[]> {
    const response = await fetch(`${this.simulator.origin}/_sim/ad-accounts/${id}/insights.jsonl`);
    const lines = (await response.text()).trimEnd().split("\n");
    return lines.map((line) => truthSchema.parse(JSON.parse(line)));
  }
}

const pageSchema = z.object({
  data: z.array(z.record(z.string(), z.unknown())),
  paging: z.object({ next: z.string().optional() }).optional(),
});

const truthSchema = z.object({
  campaign_id: z.string(),
  adset_id: z.string(),
  ad_id: z.string(),
  date: z.string(),
  spend: z.string(),
  impressions: z.number(),
  clicks: z.number(),
  conversions: z.array(
    z.object({
      via: z.string(),
      touched_at: z.string(),
      purchased_at: z.string(),
      known_on: z.string(),
      known: z.boolean(),
      counted: z.boolean(),
      purchases: z.number(),
      value: z.string(),
      windows: z.array(z.string()),
    }),
  ),
});
export type TruthRow = z.infer<typeof truthSchema>;

async function jsonOf(response: Response): Promise<Json> {
  return z.record(z.string(), z.unknown()).parse(await response.json());
}

function queryOf(params: Json): URLSearchParams {
  const entries = Object.entries(params).map(([name, value]): [string, string] => [
    name,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  return new URLSearchParams(entries);
}
