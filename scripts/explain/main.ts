import { once } from "node:events";
import { open } from "node:fs/promises";
import type { Readable } from "node:stream";
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
  const counts = { orders: 0, failed: 0 };
  await withThrowawayDatabase((urls) =>
    withExplainer({ ...options, urls }, async (explain) => {
      for await (const { number, text } of payloadLines(input, stopped.signal)) {
        try {
          for (const order of ordersOf(text)) {
            await print(await explain(order));
            counts.orders += 1;
          }
        } catch (error) {
          if (stopped.signal.aborted) break;
          counts.failed += 1;
          say(`line ${number}: ${reasonOf(error)}`);
        }
      }
    }),
  );
  say(`${counts.orders} orders explained, ${counts.failed} lines failed`);
  if (counts.failed > 0 || stopped.signal.aborted) process.exitCode = 1;
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
