import { mkdtempSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import express, { type Router } from "express";
import { clockRoutes, SimulatorClock } from "../clock";
import { AdAccountWorld } from "./accounts/world";
import type { MetaContext } from "./context";
import { defaultAccounts } from "./default-accounts";
import { FaultList } from "./faults";
import { metaHandler } from "./handler";
import { RateLimiter } from "./limits/rate-limiter";
import { DEFAULT_PACING, limitsOf, type MetaOptions } from "./options";
import { MetaRequestLog } from "./request-log";
import { MetaState } from "./state";

export interface MetaSimulator {
  /** `http://127.0.0.1:PORT`; answers for Meta's hosts by header, Host or plain path. */
  origin: string;
  clock: SimulatorClock;
  stop(): Promise<void>;
}

/** The stand-in as a part of another server; `stop` writes what it remembers. */
export interface MetaPart {
  handler: Router;
  accounts: AdAccountWorld[];
  stop(): void;
}

/** Makes the stand-in of Meta to be mounted. Throws when two accounts have one seed or one id. */
export function createMeta(options: MetaOptions): MetaPart {
  const state = new MetaState(options.stateDir ?? mkdtempSync(join(tmpdir(), "meta-sim-")));
  const now = options.now ?? (() => new Date());
  const accounts = openAccounts(state, options, now());
  const users = options.users ?? [{ id: "10210000000000001", name: "Alex Morgan" }];
  const limits = limitsOf(options.limits);
  const context: MetaContext = {
    appId: options.appId,
    appSecret: options.appSecret,
    appName: options.appName ?? "Merit",
    redirectUris: options.redirectUris,
    requireProof: options.requireProof ?? false,
    accounts,
    users,
    state,
    limits,
    pacing: { ...DEFAULT_PACING, ...options.pacing },
    limiter: new RateLimiter(now, limits, users.length),
    faults: new FaultList(),
    requests: new MetaRequestLog(),
    now,
    report: options.report ?? (() => undefined),
  };
  return { handler: metaHandler(context), accounts, stop: () => state.flush() };
}

/** Starts the stand-in of Meta alone, on 127.0.0.1, with a clock of its own under `/_sim/clock`. */
export async function startMetaSimulator(
  options: MetaOptions & { port: number },
): Promise<MetaSimulator> {
  const clock = new SimulatorClock(options.now);
  const meta = createMeta({ ...options, now: clock.now });
  const app = express();
  app.disable("x-powered-by");
  app.use(clockRoutes(clock));
  app.use(meta.handler);
  app.use((_request, response) => {
    response.status(404).json({ error: { message: "Not Found", code: 404 } });
  });
  const server = createServer(app);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, "127.0.0.1", resolve);
  });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    clock,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      meta.stop();
    },
  };
}

function openAccounts(state: MetaState, options: MetaOptions, now: Date): AdAccountWorld[] {
  const { content } = state;
  const wanted = options.accounts ?? defaultAccounts(now);
  const accounts = wanted.map(
    (one) => content.accounts.find((known) => known.id === one.id) ?? one,
  );
  for (const key of ["id", "seed"] as const) {
    const values = accounts.map((one) => (key === "id" ? one.id : String(one.plan.seed)));
    if (new Set(values).size < values.length) {
      throw new Error(`Two ad accounts have the same ${key}`);
    }
  }
  content.accounts = accounts;
  state.changed();
  return accounts.map((one) => new AdAccountWorld(one, content.changes, content.made));
}
