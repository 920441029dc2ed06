/**
 * Lets `prisma migrate` run without engine binaries. Delete this file, and give PrismaPg itself to
 * prisma.config.ts, when https://github.com/prisma/orm/issues/27403 is closed.
 *
 * What the stock adapter (6.19) lacks for migrations, each mended here:
 * 1. It cannot read some of the catalogue's types (`name`, `"char"`, `oid`): mapped to near ones.
 * 2. It splits a script at every `;`, which breaks function bodies: sent whole.
 * 3. Given a connection string, its "shadow" database is the real one: given the parts instead.
 * 4. It drops the shadow database while its own connections are open: WITH (FORCE), errors heard.
 * 5. Idle connections and a left-over timer keep the CLI alive for 10 s: let go.
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

const CLI_TIMER_MS = 10_000;

/** `performIO` is private in the adapter's types and public in its code. */
interface Performer {
  performIO(query: unknown): Promise<{ fields: { dataTypeID: number }[] }>;
}

function patched(adapter: Adapter): Adapter {
  const pool = adapter.underlyingDriver();
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  const performer = adapter as unknown as Performer;
  const perform = performer.performIO.bind(adapter);
  performer.performIO = async (query) => {
    const result = await perform(query);
    for (const field of result.fields) {
      field.dataTypeID = NEAR_TYPE.get(field.dataTypeID) ?? field.dataTypeID;
    }
    return result;
  };
  adapter.executeScript = async (script) => {
    const whole = script.replace(/^(DROP DATABASE "[^"]+")$/, "$1 WITH (FORCE)");
    await pool.query(whole);
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
