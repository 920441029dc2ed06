import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startEmbeddedPostgres } from "../../scripts/lib/embedded-postgres";
import { clearStalePostmaster } from "../../scripts/lib/stale-postmaster";

let folder: string;
let port: number;
const started: ChildProcess[] = [];

beforeEach(async () => {
  // As root, this folder is closed to the user whom Postgres runs as: a fresh clone may lie so too.
  folder = mkdtempSync(join(tmpdir(), "merit-embedded-"));
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  port = typeof address === "object" && address ? address.port : 0;
  server.close();
  await once(server, "close");
});
afterEach(async () => {
  for (const child of started.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill("SIGKILL");
      await once(child, "exit");
    }
  }
  await clearStalePostmaster(join(folder, "postgres"));
  rmSync(folder, { recursive: true, force: true });
});

const options = () => ({ dataDir: join(folder, "postgres"), port, fast: true });

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ value: unknown }>(sql);
  await client.end();
  return rows[0]?.value;
}

/** Another run, in a process of its own that stays until it is killed. */
async function otherRun(): Promise<ChildProcess> {
  const code = `
    import { startEmbeddedPostgres } from "./scripts/lib/embedded-postgres.ts";
    await startEmbeddedPostgres(${JSON.stringify(options())});
    console.log("ready");
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", code], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  started.push(child);
  await once(child.stdout, "data");
  return child;
}

test("its data is there at the second start, under the same passwords, and the owner is no superuser", async () => {
  const first = await startEmbeddedPostgres(options());
  await ask(first.urls.migrate, "CREATE TABLE kept AS SELECT 42 AS value");
  await first.stop();
  await expect(ask(first.urls.web, "SELECT 1 AS value")).rejects.toThrow();
  expect(existsSync(join(folder, "postgres", "postmaster.pid"))).toBe(false);

  const second = await startEmbeddedPostgres(options());
  expect(second.urls).toEqual(first.urls);
  expect(await ask(second.urls.migrate, "SELECT value FROM kept")).toBe(42);
  const above = `SELECT count(*)::int AS value FROM pg_roles
    WHERE rolname LIKE 'merit_%' AND (rolsuper OR rolbypassrls)`;
  expect(await ask(second.urls.admin, above)).toBe(0);
  await second.stop();
});

test("after a run that was killed, its left-over server is stopped and the data is found", async () => {
  const killed = await otherRun();
  killed.kill("SIGKILL");
  await once(killed, "exit");
  const next = await startEmbeddedPostgres(options());
  expect(await ask(next.urls.web, "SELECT current_database() AS value")).toBe("merit");
  await next.stop();
});

test("a folder that a living run uses is left alone, and the message says so", async () => {
  const other = await otherRun();
  await expect(startEmbeddedPostgres(options())).rejects.toThrow(/Another run is using/);
  expect(other.exitCode).toBeNull();
});

test("a lock file whose process number belongs to another program does not hold the start up", async () => {
  await (await startEmbeddedPostgres(options())).stop();
  const lock = join(folder, "postgres", "postmaster.pid");
  writeFileSync(lock, `${process.pid}\n${join(folder, "postgres")}\n`);
  const next = await startEmbeddedPostgres(options());
  expect(readFileSync(lock, "utf8")).not.toMatch(new RegExp(`^${process.pid}\n`));
  await next.stop();
});
