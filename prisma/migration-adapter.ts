/**
 * Lets `prisma migrate` run without engine binaries. Delete this file, and give PrismaPg itself to
 * prisma.config.ts, when https://github.com/prisma/orm/issues/27403 is closed.
 *
 * What the stock adapter (6.19) lacks for migrations, each mended here:
 * 1. It cannot read some of the catalogue's types (`name`, `"char"`, `oid`): mapped to near ones.
 * 2. It splits a script at every `;`, which breaks function bodies: sent whole.
 * 3. Given a connection string, its "shadow" database is the real one: given the parts instead.
 * 4. It drops the shadow database while its own connections are open: WITH (FORCE), errors heard.
 * 5. The engine panics over CHECK constraints, and NOT NULL ones of Postgres 18, when it describes a
 *    schema (`migrate dev`, `diff`): left out, since the Prisma schema cannot say them anyway.
 * 6. Idle connections and a left-over timer keep the CLI alive for 10 s: let go.
 */
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";

type Adapter = Awaited<ReturnType<PrismaPg["connect"]>>;

/** Type numbers: name, "char", name[], "char"[], oid, oid[] → text, bpchar, text[], text[], int8, int8[]. */
const NEAR_TYPE = new Map([
  [19, 25],
  [18, 1042],
  [1003, 1009],
  [1002, 1009],
  [26, 20],
  [1028, 1016],
]);

const DESCRIBED_CONSTRAINTS = "contype NOT IN ('p', 'u', 'f')";
const DESCRIBABLE_CONSTRAINTS = "contype NOT IN ('p', 'u', 'f', 'c', 'n')";

const CLI_TIMER_MS = 10_000;

/** What is hidden in the adapter's types and open in its code. */
interface Performer {
  /** Throws the error in the form that the CLI can show. */
  onError(error: unknown): never;
  /** A script of several statements answers a list of results, without fields of its own. */
  performIO(query: { sql: string }): Promise<{ fields?: { dataTypeID: number }[] }>;
}

function patched(adapter: Adapter): Adapter {
  const pool = adapter.underlyingDriver();
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  const performer = adapter as unknown as Performer;
  const perform = performer.performIO.bind(adapter);
  performer.performIO = async (query) => {
    const sql = query.sql.replace(DESCRIBED_CONSTRAINTS, DESCRIBABLE_CONSTRAINTS);
    const result = await perform({ ...query, sql });
    for (const field of result.fields ?? []) {
      field.dataTypeID = NEAR_TYPE.get(field.dataTypeID) ?? field.dataTypeID;
    }
    return result;
  };
  adapter.executeScript = async (script) => {
    const whole = script.replace(/^(DROP DATABASE "[^"]+")$/, "$1 WITH (FORCE)");
    try {
      await pool.query(whole);
    } catch (error) {
      performer.onError(error);
    }
  };
  return adapter;
}

class MigrationAdapter extends PrismaPg {
  override async connect(): Promise<Adapter> {
    return patched(await super.connect());
  }

  override async connectToShadowDb(): Promise<Adapter> {
    return patched(await super.connectToShadowDb());
  }
}

function letCliEnd(): void {
  const start = globalThis.setTimeout;
  const patchedStart = (handler: () => void, ms?: number, ...rest: unknown[]) => {
    const timer: unknown = start(handler, ms, ...rest);
    return ms === CLI_TIMER_MS ? (timer as NodeJS.Timeout).unref() : timer;
  };
  globalThis.setTimeout = Object.assign(patchedStart, start) as typeof start;
}

/** The adapter that `prisma migrate` works through, for the owner's database at `url`. */
export function migrationAdapter(url: string): PrismaPg {
  letCliEnd();
  const { host, port, user, password, database, ssl } = new pg.Client({ connectionString: url });
  return new MigrationAdapter({
    host,
    port,
    user,
    password: password ?? undefined,
    database,
    ssl,
    allowExitOnIdle: true,
  });
}
