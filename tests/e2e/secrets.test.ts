import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { connectMeta } from "../../scripts/demo/connect-meta";
import { ORDINARY_USER_AGENT, watchHistory } from "../../scripts/demo/install";
import { readToken } from "../../scripts/demo/result";
import { startWholeApp, type WholeApp } from "../harness/whole-app";

let app: WholeApp;
let page = "";
/** What nobody but its owner may ever read, by what it is. */
const secrets = new Map<string, string>();

beforeAll(async () => {
  app = await startWholeApp({ seed: 3, orders: 150 });
  await app.install();
  await connectMeta(app.stack, app.shop);
  await watchHistory(app.stack, app.shop, "META");
  await useEverySecret();
  for (const [name, value] of storedSecrets()) secrets.set(name, value);
});
afterAll(() => app?.stop());

/** Sends each kind of secret on each way that a request can carry it, in good and in bad company. */
async function useEverySecret(): Promise<void> {
  const { stack, shop } = app;
  const framed = await read(`/_sim/shops/${shop}/app-url?path=/app`, z.object({ url: z.string() }));
  const idToken = new URL(framed.url).searchParams.get("id_token") ?? "";
  const { session_token } = await read(
    `/_sim/shops/${shop}/session-token`,
    z.object({ session_token: z.string() }),
  );
  const apiToken = await readToken(stack, shop);
  secrets.set("id_token", idToken).set("session token", session_token).set("API token", apiToken);
  const headers = { "user-agent": ORDINARY_USER_AGENT };
  page = await (await fetch(framed.url, { headers })).text();
  const metrics = `${stack.web}/api/shops/${shop}/metrics`;
  for (const token of [apiToken, session_token, `${apiToken}x`, `${session_token}x`]) {
    await fetch(metrics, { headers: { ...headers, authorization: `Bearer ${token}` } });
    await fetch(`${metrics}?access_token=${token}&id_token=${token}&hmac=${token}`, { headers });
    await fetch(`${stack.web}/app?id_token=${token}&session=${token}&shop=${shop}`, { headers });
    await fetch(`${stack.web}/webhooks/app`, {
      method: "POST",
      headers: { ...headers, "x-shopify-hmac-sha256": token, "x-shopify-topic": "app/uninstalled" },
      body: JSON.stringify({ token }),
    });
  }
}

async function read<T>(path: string, schema: z.ZodType<T>): Promise<T> {
  return schema.parse(await (await fetch(`${app.stack.simulators}${path}`)).json());
}

/** Those of the demo's settings, of its databases, and the tokens that the stand-in gave out. */
function storedSecrets(): [string, string][] {
  const { place, databaseUrls } = app.stack;
  const state = readFileSync(join(place.folder, "simulators/shopify-state.json"), "utf8");
  const tokens = [...new Set(state.match(/shp(?:at|rt|ua|ca)_[A-Za-z0-9]+/g))];
  expect(tokens.length).toBeGreaterThanOrEqual(3);
  const metaState = readFileSync(join(place.folder, "simulators/meta-state.json"), "utf8");
  const ofMeta = [...new Set(metaState.match(/EAA\w{40,}|AQ[\w-]{40,}/g))];
  // A code, the token it gave, and the long-lived one.
  expect(ofMeta.length).toBeGreaterThanOrEqual(3);
  return [
    ["Meta app secret", place.settings.metaAppSecret],
    ...ofMeta.map((token, index): [string, string] => [`token ${index} of Meta`, token]),
    ["client secret", place.settings.apiSecret],
    ["credential key", place.settings.credentialKeys.split(":")[1] ?? ""],
    ...Object.entries(databaseUrls).map(([role, url]): [string, string] => [
      `password of ${role}`,
      new URL(url).password,
    ]),
    ...tokens.map((token, index): [string, string] => [`token ${index}`, token]),
  ];
}

function foundIn(text: string): string[] {
  return [...secrets].flatMap(([name, value]) => {
    const hex = Buffer.from(value).toString("hex");
    return text.includes(value) || text.includes(hex) ? [name] : [];
  });
}

it("stand in no log", () => {
  const logs = join(app.stack.place.folder, "logs");
  const ours = readdirSync(logs).filter((name) => !name.startsWith("simulators"));
  expect(ours.sort()).toEqual(["web.log", "worker.log"]);
  const texts = ours.map((name) => readFileSync(join(logs, name), "utf8"));
  for (const text of texts) expect(text).toContain('"level":"info"');
  expect(texts.flatMap(foundIn)).toEqual([]);
});

it("stand on no page, but for the session token that the page was opened with", () => {
  expect(page).toContain("Net sales");
  expect(foundIn(page).filter((name) => name !== "id_token")).toEqual([]);
});

it("stand in no row of the database, payloads of jobs included", async () => {
  const address = new URL(app.stack.databaseUrls.admin);
  address.pathname = new URL(app.stack.databaseUrls.web).pathname;
  const admin = new pg.Client({ connectionString: address.href });
  await admin.connect();
  const { rows: tables } = await admin.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_catalog.pg_tables
     WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
  );
  const held: string[] = [];
  let rowsRead = 0;
  for (const { name } of tables) {
    const { rows } = await admin.query<{ text: string }>(
      `SELECT t::text AS text FROM ${name} AS t`,
    );
    rowsRead += rows.length;
    held.push(...rows.flatMap(({ text }) => foundIn(text).map((secret) => `${secret} in ${name}`)));
  }
  await admin.end();
  expect(tables.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["app_dashboard.shop_credentials", "bullmq.job"]),
  );
  expect(rowsRead).toBeGreaterThan(500);
  expect(held).toEqual([]);
});
