import type { Server } from "node:http";
import type { Logger } from "pino";

/** Shorter than the 10 s that Docker waits before it kills. */
const GRACE_MS = 8_000;

/**
 * On SIGTERM or SIGINT: takes no new requests, lets those under way end, then calls `stop` and
 * leaves with 0. What has not ended after 8 s is cut off (exit 1). A second signal leaves at once.
 */
export function stopGracefully({
  server,
  stop,
  logger,
}: {
  server: Server;
  stop: () => Promise<void>;
  logger: Logger;
}): void {
  let stopping = false;
  const onSignal = (signal: NodeJS.Signals) => {
    if (stopping) process.exit(1);
    stopping = true;
    logger.info({ signal }, "web is stopping");
    setTimeout(() => {
      logger.error("requests did not end in time");
      process.exit(1);
    }, GRACE_MS).unref();
    server.close(() => {
      stop()
        .catch((error: unknown) => logger.error({ err: error }, "web did not stop cleanly"))
        .finally(() => process.exit(0));
    });
    server.closeIdleConnections();
  };
  process.on("SIGTERM", onSignal);
  process.on("SIGINT", onSignal);
}
