import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { ServerBuild } from "@remix-run/node";
import type { RequestHandler } from "express";

export interface LoadedRemix {
  build: ServerBuild | (() => Promise<ServerBuild>);
  /** Where the browser's files are; null in development, where Vite serves them. */
  clientDir: string | null;
  /** Vite's, in development. */
  middlewares: RequestHandler | null;
  /** Closes what the app's modules hold open. */
  stop: () => Promise<void>;
}

/** The app's server build: made by Vite as it runs in development, else what `npm run build` left. */
export function loadRemix(options: { development: boolean; root: string }): Promise<LoadedRemix> {
  return options.development ? fromVite(options.root) : fromBuild(options.root);
}

async function fromBuild(root: string): Promise<LoadedRemix> {
  const file = join(root, "build/server/index.js");
  if (!existsSync(file)) throw new Error(`${file} is missing: run \`npm run build\` first`);
  // A variable keeps bundlers from following the path: the build does not exist when they run.
  const build: ServerBuild = await import(/* @vite-ignore */ pathToFileURL(file).href);
  return {
    build,
    clientDir: join(root, "build/client"),
    middlewares: null,
    stop: () => stopApp(build),
  };
}

async function fromVite(root: string): Promise<LoadedRemix> {
  const { createServer } = await import("vite");
  const vite = await createServer({ root, server: { middlewareMode: true } });
  const build = async () =>
    (await vite.ssrLoadModule("virtual:remix/server-build")) as unknown as ServerBuild;
  return {
    build,
    clientDir: null,
    middlewares: vite.middlewares,
    stop: async () => {
      await stopApp(await build());
      await vite.close();
    },
  };
}

/** The build has its own copies of the app's modules, so only it can close their connections. */
async function stopApp(build: ServerBuild): Promise<void> {
  const entry: object = build.entry.module;
  if ("stop" in entry && typeof entry.stop === "function") await entry.stop();
}
