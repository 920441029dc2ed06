import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { z } from "zod";
import { freePort, isFree } from "../lib/free-port";
import type { DemoOptions } from "./options";

const settingsSchema = z.object({
  seed: z.number(),
  orders: z.number(),
  replay: z.string().nullable(),
  apiKey: z.string(),
  apiSecret: z.string(),
  credentialKeys: z.string(),
  apiToken: z.string().nullable(),
  // Demos that were made before these were there go on with the defaults.
  shops: z.number().default(1),
  metaAppId: z.string().default(() => newMetaApp().metaAppId),
  metaAppSecret: z.string().default(() => newMetaApp().metaAppSecret),
});
/** What a second start needs to find the first one's data again; secrets are made up per demo. */
export type DemoSettings = z.infer<typeof settingsSchema>;

export interface DemoPlace {
  folder: string;
  settings: DemoSettings;
  /** Ports are taken anew at each start: nothing that is stored depends on them. */
  ports: { postgres: number; simulators: number; web: number };
  save(): void;
  /** Removes what `--once` left; the lasting demo's place stays. */
  clear(): void;
}

const PREFERRED_PORTS = { postgres: 5455, simulators: 4000, web: 3000 };

/** The demo's folder with its settings: a temporary one for `--once`, else `.data/demo`. */
export async function openPlace(options: DemoOptions, root: string): Promise<DemoPlace> {
  const folder = options.once
    ? mkdtempSync(join(tmpdir(), "merit-demo-"))
    : resolve(root, ".data/demo");
  if (options.reset) rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "settings.json");
  const settings = existsSync(file)
    ? settingsSchema.parse(JSON.parse(readFileSync(file, "utf8")))
    : newSettings(options);
  refuseAnotherStore(settings, options);
  const place = {
    folder,
    settings,
    ports: await choosePorts(options.once),
    save: () => writeFileSync(file, JSON.stringify(settings, null, 2), { mode: 0o600 }),
    clear: () => {
      if (options.once) rmSync(folder, { recursive: true, force: true });
    },
  };
  place.save();
  return place;
}

/** Numbers alone, as Meta's ids are. */
function newMetaApp(): { metaAppId: string; metaAppSecret: string } {
  return {
    metaAppId: String(randomBytes(6).readUIntBE(0, 6)).padStart(15, "7"),
    metaAppSecret: randomBytes(16).toString("hex"),
  };
}

function newSettings({ seed, orders, replay, shops }: DemoOptions): DemoSettings {
  return {
    seed,
    orders,
    replay,
    shops,
    ...newMetaApp(),
    apiKey: randomBytes(16).toString("hex"),
    apiSecret: `shpss_${randomBytes(16).toString("hex")}`,
    credentialKeys: `demo:${randomBytes(32).toString("base64")}`,
    apiToken: null,
  };
}

/** Showing another store's figures under the flags that were asked for would be a lie. */
function refuseAnotherStore(settings: DemoSettings, options: DemoOptions): void {
  const { seed, orders, replay, shops } = settings;
  const same = seed === options.seed && orders === options.orders && shops === options.shops;
  if (same && replay === options.replay) return;
  const store = replay ? `--replay ${replay}` : `--seed ${seed} --orders ${orders}`;
  const made = shops === 1 ? store : `${store} --shops ${shops}`;
  throw new Error(`The demo in .data/demo was made with ${made}. Add --reset to start anew.`);
}

async function choosePorts(free: boolean): Promise<DemoPlace["ports"]> {
  const { postgres, simulators, web } = PREFERRED_PORTS;
  return {
    postgres: await openPort(free, postgres),
    simulators: await openPort(free, simulators),
    web: await openPort(free, web),
  };
}

/** The preferred port when nobody listens there, else, or when `free` asks for it, a free one. */
async function openPort(free: boolean, preferred: number): Promise<number> {
  return !free && (await isFree(preferred)) ? preferred : freePort();
}
