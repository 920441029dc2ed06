import { mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clockRoutes, SimulatorClock } from "./clock";
import type { MetaOptions } from "./meta/options";
import { createMeta } from "./meta/server";
import type { ShopifySimulator, SimulatorOptions } from "./shopify/options";
import { startShopifySimulator } from "./shopify/server";

export interface SimulatorsOptions {
  shopify: Omit<SimulatorOptions, "beside" | "now" | "stateDir">;
  meta: Omit<MetaOptions, "now" | "stateDir">;
  /** State of both, and of the clock, survives a restart here; left out: a temporary folder. */
  stateDir?: string;
  /** What the clock runs beside; left out: the machine's clock. */
  now?: () => Date;
}

export interface Simulators extends ShopifySimulator {
  clock: SimulatorClock;
}

/**
 * Starts both stand-ins under one origin and one clock: `x-simulated-host` or Host says whom a call
 * was meant for; on the plain origin a path with a version (`/v25.0/…`) is Meta's.
 */
export async function startSimulators(options: SimulatorsOptions): Promise<Simulators> {
  const stateDir = options.stateDir ?? mkdtempSync(join(tmpdir(), "simulators-"));
  mkdirSync(stateDir, { recursive: true });
  const clock = new SimulatorClock(options.now, join(stateDir, "clock.json"));
  const meta = createMeta({ ...options.meta, stateDir, now: clock.now });
  const shopify = await startShopifySimulator({
    ...options.shopify,
    stateDir,
    now: clock.now,
    beside: [clockRoutes(clock), meta.handler],
  });
  return {
    ...shopify,
    clock,
    async stop() {
      await shopify.stop();
      meta.stop();
    },
  };
}
