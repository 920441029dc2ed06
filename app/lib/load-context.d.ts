import type { Logger } from "pino";

declare module "@remix-run/node" {
  /** What the server gives to every loader and action of one request. */
  interface AppLoadContext {
    requestId: string;
    /** Writes the request's id with every line. */
    log: Logger;
  }
}
