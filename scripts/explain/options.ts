import { resolve } from "node:path";
import { parseArgs } from "node:util";

export interface ExplainOptions {
  /** Absolute path of the payloads; null reads standard input. */
  file: string | null;
  /** Of the shop; null takes that of the payload. */
  currency: string | null;
  /** IANA name: decides on which days the rollups lie. */
  timezone: string;
}

export const USAGE = `npm run --silent explain -- order FILE [--currency EUR] [--timezone Europe/Berlin]

  order FILE      raw orders, a JSON object per line (- for standard input): GraphQL with lists,
                  edges or nodes, a whole GraphQL answer, or a REST-shaped webhook body
  --currency X    currency of the shop (default: that of the payload)
  --timezone X    time zone of the shop, which decides the days (default: UTC)

Prints the rows that the pipeline makes of each order as {"table", "row"} lines on standard output.`;

/** Reads the command line; throws an Error whose message says what is wrong. */
export function readOptions(argv: string[], startedIn: string): ExplainOptions {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: { currency: { type: "string" }, timezone: { type: "string", default: "UTC" } },
  });
  const [what, file, ...rest] = positionals;
  if (what !== "order" || file === undefined || rest.length > 0) throw new Error(USAGE);
  if (values.currency !== undefined && !/^[A-Z]{3}$/.test(values.currency)) {
    throw new Error(`--currency takes a code such as EUR; it was given "${values.currency}".`);
  }
  return {
    file: file === "-" ? null : resolve(startedIn, file),
    currency: values.currency ?? null,
    timezone: knownZone(values.timezone),
  };
}

function knownZone(timezone: string): string {
  try {
    new Intl.DateTimeFormat("en", { timeZone: timezone });
    return timezone;
  } catch {
    throw new Error(`--timezone takes an IANA name such as Europe/Berlin, not "${timezone}".`);
  }
}
