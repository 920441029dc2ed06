import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/** Below the range from which systems lend ports to outgoing connections: nobody is lent one of these between our look and the start of the server. */
const FIRST = 20_000;
const LAST = 32_000;
const TRIES = 100;

/** A loopback port on which nobody listens. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const port = randomInt(FIRST, LAST);
    if (await isFree(port)) return port;
  }
  throw new Error(`No free port between ${FIRST} and ${LAST}.`);
}

/** Whether a server could listen on this loopback port now. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((tell) => {
    const probe = createServer();
    probe.once("error", () => tell(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => tell(true)));
  });
}
