import { once } from "node:events";
import { open } from "node:fs/promises";
import type { Readable } from "node:stream";
import type { RawOrder } from "~/connectors/shopify/order-schemas";
import { withExplainer } from "./explain-orders";
import { readOptions } from "./options";
import { ordersOf, payloadLines } from "./payloads";
import { withThrowawayDatabase } from "./throwaway-database";

// Standard output holds the rows and nothing else: everything said to a person goes to stderr.
const say = (text: string) => process.stderr.write(`${text}\n`);
const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** Aborted by Ctrl-C and its like, and by a reader that has seen enough (`| head`). */
const stopped = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => stopped.abort());
process.stdout.on("error", () => stopped.abort());

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd());
  const input = await openInput(options.file);
  const counts = { orders: 0, problems: 0 };
  const tell = (line: number, error: unknown) => {
    if (stopped.signal.aborted) return;
    counts.problems += 1;
    say(`line ${line}: ${reasonOf(error)}`);
  };
  await withThrowawayDatabase((urls) =>
    withExplainer({ ...options, urls }, async (explain) => {
      for await (const { number, text } of payloadLines(input, stopped.signal)) {
        for (const order of orders(text, (error) => tell(number, error))) {
          try {
            await print(await explain(order));
            counts.orders += 1;
          } catch (error) {
            tell(number, error);
          }
        }
      }
    }),
  );
  say(`orders explained: ${counts.orders}, problems: ${counts.problems}`);
  if (counts.problems > 0 || stopped.signal.aborted) process.exitCode = 1;
}

/** The orders of a payload; none, and the reason told, where it holds none. */
function orders(text: string, tell: (error: unknown) => void): RawOrder[] {
  try {
    return ordersOf(text);
  } catch (error) {
    tell(error);
    return [];
  }
}

/** Opened before the database is made: a wrong name is told at once. */
async function openInput(file: string | null): Promise<Readable> {
  return file === null ? process.stdin : (await open(file)).createReadStream();
}

/** Waits for a reader that is slower than we are, so that a big file stays out of memory. */
async function print(lines: readonly string[]): Promise<void> {
  const text = lines.map((line) => `${line}\n`).join("");
  if (!process.stdout.write(text)) {
    await once(process.stdout, "drain", { signal: stopped.signal });
  }
}

try {
  await main();
} catch (error) {
  say(reasonOf(error));
  process.exitCode = 1;
}
