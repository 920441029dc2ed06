import { type DestinationStream, type Logger, pino } from "pino";
import { env } from "./env.server";
import { redactJsonLine } from "./redact";

export type { Logger };

interface LoggerOptions {
  level: string;
  /** Where the lines go; standard output when absent. */
  destination?: DestinationStream;
}

/**
 * A structured logger whose every finished line passes through redaction: whatever a caller, an
 * error or a library put in, no token, password or signed URL leaves the process.
 */
export function createLogger({ level, destination }: LoggerOptions): Logger {
  const options = {
    level,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    hooks: { streamWrite: redactJsonLine },
  };
  return destination ? pino(options, destination) : pino(options);
}

let shared: Logger | undefined;

function sharedLogger(): Logger {
  shared ??= createLogger({ level: env().LOG_LEVEL });
  return shared;
}

/**
 * The process's logger. `logger.child({ shop, job, request_id })` names what a line is about.
 * Made at first use, so that importing a module never demands a complete environment.
 */
export const logger: Logger = new Proxy({} as Logger, {
  get(_target, property) {
    const real = sharedLogger();
    const value: unknown = Reflect.get(real, property, real);
    return typeof value === "function" ? value.bind(real) : value;
  },
});
