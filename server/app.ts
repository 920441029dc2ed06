import { randomUUID } from "node:crypto";
import { createRequestHandler } from "@remix-run/express";
import compression from "compression";
import express, { type ErrorRequestHandler, type Express } from "express";
import type { Logger } from "pino";
import { pinoHttp } from "pino-http";
import { problem } from "~/lib/problem";

import { pathWithoutSecrets } from "./path-without-secrets";
import type { LoadedRemix } from "./remix";

const REQUEST_ID = /^[\w-]{8,64}$/;
/** Probes and files: many lines that say nothing. */
const QUIET_PATHS = /^\/(health|assets)(\/|$)/;

/** The Express app: logs without secrets, static files, compression, Remix for everything else. */
export function createApp({ remix, logger }: { remix: LoadedRemix; logger: Logger }): Express {
  const app = express();
  app.disable("x-powered-by");
  // One proxy in front at most: it alone says whether the browser used https.
  app.set("trust proxy", 1);
  app.use(requestLog(logger));
  app.use((_request, response, next) => {
    response.setHeader("X-Content-Type-Options", "nosniff");
    next();
  });
  if (remix.middlewares) app.use(remix.middlewares);
  if (remix.clientDir) {
    // Names carry a hash of the content, so a copy never goes stale.
    const forever = { immutable: true, maxAge: "1y", index: false, redirect: false };
    app.use("/assets", compression(), express.static(`${remix.clientDir}/assets`, forever));
    app.use("/assets", (_request, response) => response.status(404).end());
    app.use(express.static(remix.clientDir, { maxAge: "1h", index: false, redirect: false }));
  }
  app.all(
    "*",
    compression(),
    createRequestHandler({
      build: remix.build,
      getLoadContext: (request) => ({ requestId: String(request.id), log: request.log }),
    }),
  );
  app.use(lastResort);
  return app;
}

function requestLog(logger: Logger) {
  return pinoHttp({
    logger,
    genReqId: (request, response) => {
      const given = request.headers["x-request-id"];
      const id = typeof given === "string" && REQUEST_ID.test(given) ? given : randomUUID();
      response.setHeader("X-Request-Id", id);
      return id;
    },
    autoLogging: { ignore: ({ url = "" }) => QUIET_PATHS.test(url) },
    customProps: ({ id }) => ({ request_id: id }),
    quietReqLogger: true,
    customLogLevel: (_request, { statusCode }, error) =>
      error || statusCode >= 500 ? "error" : "info",
    // An allow-list: no header and no parameter that nobody thought of can reach the log.
    serializers: {
      req: ({ method, url }: { method: string; url: string }) => ({
        method,
        url: pathWithoutSecrets(url),
      }),
      res: ({ statusCode }: { statusCode: number }) => ({ statusCode }),
    },
  });
}

const lastResort: ErrorRequestHandler = (error, request, response, next) => {
  request.log.error({ err: error }, "request failed outside Remix");
  if (response.headersSent) return next(error);
  const { status, body, headers } = problem(500, "Something went wrong on our side.");
  response.status(status).set(headers).send(body);
};
