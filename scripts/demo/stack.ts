import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { createDatabase, type Database } from "~/lib/db.server";
import { type DatabaseUrls, startEmbeddedPostgres } from "../lib/embedded-postgres";
import { migrateDatabase } from "../lib/migrate";
import { type RunningProcess, startProcess } from "./processes";
import { say } from "./say";
import type { DemoPlace } from "./settings";
import { answers } from "./waiting";

export interface Stack {
  web: string;
  simulators: string;
  place: DemoPlace;
  /** As the web: the demo may do what a page may, and nothing else. */
  database: Database;
  /** Of every role, the superuser's included: for looking in from outside. */
  databaseUrls: DatabaseUrls;
  /** Rejects when a part of the stack ends by itself. */
  failed: Promise<never>;
  stop(): Promise<void>;
}

/**
 * Starts Postgres, the stand-in, web and worker, in the order in which they need each other. With
 * `httpsPort` the stand-in also speaks HTTPS there, for a browser that knows it by Shopify's names;
 * with `live` so many orders a minute keep coming to each shop.
 */
export async function startStack(
  place: DemoPlace,
  root: string,
  { httpsPort, live = null }: { httpsPort?: number; live?: number | null } = {},
): Promise<Stack> {
  const logs = join(place.folder, "logs");
  mkdirSync(logs, { recursive: true });
  const { ports, settings } = place;
  const web = `http://127.0.0.1:${ports.web}`;
  const simulators = `http://127.0.0.1:${ports.simulators}`;
  const undo: Array<() => Promise<void>> = [];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  const processes: RunningProcess[] = [];
  const start = (name: string, args: string[], env: Record<string, string>) => {
    const started = startProcess(name, args, {
      cwd: root,
      env,
      logFile: join(logs, `${name}.log`),
    });
    undo.push(started.stop);
    processes.push(started);
  };

  try {
    say("Starting Postgres, the stand-ins of Shopify and Meta, web and worker …");
    const postgres = await startEmbeddedPostgres({
      dataDir: join(place.folder, "postgres"),
      port: ports.postgres,
    });
    undo.push(() => postgres.stop());
    const https = httpsPort === undefined ? [] : ["--https-port", String(httpsPort)];
    const orders = live === null ? [] : ["--live", String(live)];
    start("simulators", [...simulatorArgs(place, web), ...https, ...orders], {});
    await migrateDatabase(postgres.urls);

    const env = {
      NODE_ENV: "production",
      HOST: "127.0.0.1",
      PORT: String(ports.web),
      SHOPIFY_APP_URL: web,
      SHOPIFY_API_KEY: settings.apiKey,
      SHOPIFY_API_SECRET: settings.apiSecret,
      META_APP_ID: settings.metaAppId,
      META_APP_SECRET: settings.metaAppSecret,
      CREDENTIAL_KEYS: settings.credentialKeys,
      DATABASE_URL: postgres.urls.web,
      WORKER_DATABASE_URL: postgres.urls.worker,
      SIMULATOR_ORIGIN: simulators,
      LOG_LEVEL: "info",
    };
    start("web", ["build/node/web.js"], env);
    start("worker", ["build/node/worker.js"], env);
    const failed = Promise.race(processes.map((part) => part.failed));
    failed.catch(() => {});
    await Promise.race([
      failed,
      Promise.all([answers(`${simulators}/_sim/shops`), answers(`${web}/health/ready`)]),
    ]);
    const database = createDatabase({
      url: postgres.urls.web,
      poolSize: 2,
      applicationName: "merit-demo",
    });
    undo.push(() => database.close());
    return { web, simulators, place, database, databaseUrls: postgres.urls, failed, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function simulatorArgs({ folder, ports, settings }: DemoPlace, appUrl: string): string[] {
  const store = settings.replay
    ? ["--replay", settings.replay]
    : ["--seed", String(settings.seed), "--orders", String(settings.orders)];
  return [
    ...["--import", "tsx", "simulators/index.ts"],
    ...["--port", String(ports.simulators)],
    ...["--state-dir", join(folder, "simulators")],
    ...["--api-key", settings.apiKey, "--api-secret", settings.apiSecret],
    ...["--app-url", appUrl, "--app-toml", "shopify.app.toml"],
    ...["--meta-app-id", settings.metaAppId, "--meta-app-secret", settings.metaAppSecret],
    ...["--meta-redirect", `${appUrl}/auth/meta/callback`],
    ...["--shops", String(settings.shops)],
    ...store,
  ];
}
