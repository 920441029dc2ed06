import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../../scripts/lib/free-port";
import { startShopifySimulator } from "../../simulators/shopify/server";
import type { GenerateOptions } from "../../simulators/shopify/store/types";
import { createTestDatabase, type TestDatabase } from "./database";

/** The web process as it runs in production, between a database of its own and the stand-in. */
export interface WebUnderTest {
  origin: string;
  simulator: string;
  apiSecret: string;
  db: TestDatabase;
  /** Everything the process has written so far, standard error included. */
  output(): string;
  /** Sends the signal and answers the exit code. */
  signal(signal: NodeJS.Signals): Promise<number | null>;
  stop(): Promise<void>;
}

const BUILT = "build/node/web.js";
const API_KEY = "test-client-id";
const API_SECRET = "shpss_0123456789abcdef0123456789abcdef";

export const SHOP = "one.myshopify.com";
export const OTHER_SHOP = "two.myshopify.com";

const storeOf = (domain: string): { kind: "generated"; options: GenerateOptions } => ({
  kind: "generated",
  options: {
    seed: 1,
    orders: 20,
    days: 60,
    now: new Date(),
    domain,
    plan: "plus",
    currency: "EUR",
    ianaTimezone: "Europe/Berlin",
  },
});

/** Starts all three; about 3 seconds. Call `stop()` in `afterAll`. */
export async function startWeb(extraEnv: Record<string, string> = {}): Promise<WebUnderTest> {
  if (!existsSync(BUILT)) throw new Error(`${BUILT} is missing: run \`npm run build\` first`);
  const db = await createTestDatabase();
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const simulator = await startShopifySimulator({
    port: 0,
    apiKey: API_KEY,
    apiSecret: API_SECRET,
    appUrl: origin,
    appToml: "shopify.app.toml",
    stores: [storeOf(SHOP), storeOf(OTHER_SHOP)],
  });
  const process = spawn("node", [BUILT], {
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      PATH: globalThis.process.env.PATH,
      NODE_ENV: "production",
      HOST: "127.0.0.1",
      PORT: String(port),
      SHOPIFY_APP_URL: origin,
      SHOPIFY_API_KEY: API_KEY,
      SHOPIFY_API_SECRET: API_SECRET,
      CREDENTIAL_KEYS: `test:${Buffer.alloc(32, 7).toString("base64")}`,
      DATABASE_URL: db.urls.web,
      WORKER_DATABASE_URL: db.urls.worker,
      SIMULATOR_ORIGIN: simulator.origin,
      LOG_LEVEL: "debug",
      ...extraEnv,
    },
  });
  let output = "";
  process.stdout.on("data", (chunk) => (output += chunk));
  process.stderr.on("data", (chunk) => (output += chunk));
  const signal = (name: NodeJS.Signals) => exitAfter(process, name);
  const stop = async () => {
    await signal("SIGTERM");
    await simulator.stop();
    await db.drop();
  };
  try {
    await answering(`${origin}/health`, process);
  } catch (error) {
    await stop();
    throw new Error(`the web did not start:\n${output}`, { cause: error });
  }
  return {
    origin,
    simulator: simulator.origin,
    apiSecret: API_SECRET,
    db,
    output: () => output,
    signal,
    stop,
  };
}

async function exitAfter(process: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (process.exitCode !== null || process.signalCode !== null) return process.exitCode;
  const gone = once(process, "exit");
  process.kill(signal);
  const [code] = await gone;
  return code as number | null;
}

async function answering(url: string, process: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (process.exitCode !== null) throw new Error(`it left with ${process.exitCode}`);
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return;
    await sleep(100);
  }
  throw new Error(`${url} does not answer`);
}
