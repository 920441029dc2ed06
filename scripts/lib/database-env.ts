import { existsSync } from "node:fs";
import type { MigrateUrls } from "./migrate";

/** The variables of the database scripts, from the process or `.env`; names all that are missing. */
export function databaseUrlsFromEnv(): MigrateUrls {
  loadDotEnv();
  const names = {
    migrate: "MIGRATE_DATABASE_URL",
    web: "DATABASE_URL",
    worker: "WORKER_DATABASE_URL",
  };
  const missing = Object.values(names).filter((name) => !process.env[name]);
  if (missing.length > 0) {
    throw new Error(`Set ${missing.join(", ")} (see docs/env.md) and try again.`);
  }
  return {
    migrate: process.env[names.migrate] ?? "",
    web: process.env[names.web] ?? "",
    worker: process.env[names.worker] ?? "",
  };
}

/** What `.env` holds, for variables that are not set otherwise. */
export function loadDotEnv(): void {
  if (existsSync(".env")) process.loadEnvFile(".env");
}

/** Runs a script's work; a failure is one plain message and a non-zero exit. */
export async function runScript(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
