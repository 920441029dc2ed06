import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";

export interface DemoOptions {
  /** Do it once in a temporary place, print one JSON object, end. */
  once: boolean;
  /** With `once`: stay up after the JSON. */
  keep: boolean;
  /** Throw the lasting demo's data away first. */
  reset: boolean;
  seed: number;
  orders: number;
  /** How many shops, each with a seed of its own: the first has `seed`. */
  shops: number;
  /** Absolute path of a log of real purchases to replay instead of a generated store. */
  replay: string | null;
  /** Orders a minute that keep coming to each shop; null leaves it as the last start had it. */
  live: number | null;
}

export const USAGE = `npm run demo -- [--once [--keep]] [--reset] [--seed N] [--orders N] [--shops N] [--replay FILE] [--live N]

  (nothing)       start the demo; its data stays in .data/demo for the next start
  --reset         throw that data away first
  --once          do it all in a temporary place, print one JSON object as the last line, end
  --keep          with --once: stay up after the JSON until Ctrl-C
  --seed N        another store (default 1)
  --orders N      how many orders it has (default 20000)
  --shops N       how many shops (default 1); the result is that of the first
  --replay FILE   a store made from a log of purchases, CSV with the header
                  kind,order_id,at,customer_id,email,line_no,sku,title,quantity,unit_price,currency,refund_of
  --live N        orders a minute that keep coming to each shop (at first none; a later start
                  goes on with it, 0 ends it)`;

/** Reads the command line; throws an Error whose message says what is wrong. */
export function readOptions(argv: string[], startedIn: string): DemoOptions {
  const { values } = parseArgs({
    args: argv,
    options: {
      once: { type: "boolean", default: false },
      keep: { type: "boolean", default: false },
      reset: { type: "boolean", default: false },
      seed: { type: "string", default: "1" },
      orders: { type: "string", default: "20000" },
      shops: { type: "string", default: "1" },
      replay: { type: "string" },
      live: { type: "string" },
    },
  });
  if (values.keep && !values.once) throw new Error("--keep goes with --once.");
  const replay = values.replay === undefined ? null : resolve(startedIn, values.replay);
  if (replay && !existsSync(replay)) throw new Error(`--replay: there is no file ${replay}.`);
  return {
    once: values.once,
    keep: values.keep,
    reset: values.reset,
    seed: wholeNumber("--seed", values.seed, 0),
    orders: wholeNumber("--orders", values.orders, 1),
    shops: wholeNumber("--shops", values.shops, 1),
    replay,
    live: values.live === undefined ? null : ordersPerMinute(values.live),
  };
}

function ordersPerMinute(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && value >= 0 && value <= 6_000) return value;
  throw new Error(`--live takes orders a minute, 0 to 6000; it was given "${text}".`);
}

function wholeNumber(flag: string, text: string, least: number): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new Error(`${flag} takes a whole number of at least ${least}; it was given "${text}".`);
}
