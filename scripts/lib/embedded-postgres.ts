import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import pg from "pg";
import { type PostgresUser, postgresBinaries, postgresUser } from "./postgres-binaries";
import { clearStalePostmaster } from "./stale-postmaster";

export interface DatabaseUrls {
  /** Superuser; for the tests' own needs. */
  admin: string;
  /** Owner of the schemas; no superuser, as on a managed Postgres. */
  migrate: string;
  web: string;
  worker: string;
}

export interface EmbeddedPostgres {
  urls: DatabaseUrls;
  /** Ends connections and stops; the data stays. */
  stop(): Promise<void>;
}

interface Options {
  dataDir: string;
  port: number;
  /** Name of the database that is made when it is missing. */
  database?: string;
  /** Without durability: for tests, whose data nobody will miss. */
  fast?: boolean;
}

const HOST = "127.0.0.1";
const READY = "database system is ready to accept connections";
const START_TIMEOUT_MS = 60_000;
const ROLES = { migrate: "merit_owner", web: "merit_web_login", worker: "merit_worker_login" };
const FAST_SETTINGS = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"];

/** Runs a program of the package; resolves with its exit code and what it wrote. */
function run(user: PostgresUser, program: string, args: string[]): Promise<void> {
  const [command = "", ...rest] = [...user.prefix, program, ...args];
  const child = spawn(command, rest, { uid: user.uid, gid: user.gid, stdio: "pipe", cwd: "/" });
  let output = "";
  child.stdout.on("data", (data: Buffer) => (output += data));
  child.stderr.on("data", (data: Buffer) => (output += data));
  return new Promise((done, fail) => {
    child.on("error", fail);
    child.on("close", (code) => {
      if (code === 0) done();
      else fail(new Error(`${program} ended with ${code}:\n${output}`));
    });
  });
}

async function initialise(user: PostgresUser, bin: string, dataDir: string): Promise<void> {
  const passwordFile = join(dirname(dataDir), `.pg-${randomBytes(6).toString("hex")}`);
  const password = randomBytes(18).toString("base64url");
  writeFileSync(passwordFile, password, { mode: 0o600 });
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  if (process.getuid?.() === 0) {
    const { uid, gid } = { ...postgresUser([bin]), ...user };
    if (uid !== undefined && gid !== undefined) {
      chownSync(dataDir, uid, gid);
      chownSync(passwordFile, uid, gid);
    }
  }
  try {
    await run(user, join(bin, "initdb"), [
      `--pgdata=${dataDir}`,
      "--username=postgres",
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale=C",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      "--no-sync",
    ]);
    writeFileSync(join(dataDir, "merit-password"), password, { mode: 0o600 });
  } catch (error) {
    rmSync(dataDir, { recursive: true, force: true });
    throw error;
  } finally {
    rmSync(passwordFile, { force: true });
  }
}
