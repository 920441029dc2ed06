import { createServer } from "node:http";
import { env } from "~/lib/env.server";
import { logger } from "~/lib/logger.server";
import { createApp } from "./server/app";
import { stopGracefully } from "./server/graceful-stop";
import { loadRemix } from "./server/remix";

/**
 * The web process. Not remix-serve: that logs whole addresses, session tokens included, and
 * listens on every interface (docs/decisions/009).
 */
const { HOST, PORT, NODE_ENV } = env();
const remix = await loadRemix({ development: NODE_ENV === "development", root: process.cwd() });
const server = createServer(createApp({ remix, logger }));

server.listen(PORT, HOST, () => logger.info({ host: HOST, port: PORT }, "web is listening"));
server.on("error", (error) => {
  logger.fatal({ err: error }, `web cannot listen on ${HOST}:${PORT}`);
  process.exit(1);
});
stopGracefully({ server, stop: remix.stop, logger });
