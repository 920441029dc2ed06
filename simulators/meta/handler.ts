import express, { type NextFunction, type Request, type Response, Router } from "express";
import type { MetaContext } from "./context";
import { type GraphPlace, handleGraph } from "./graph/handle";
import { VERSIONS } from "./options";
import { maskGraphPath } from "./request-log";
import { adAccountSimRoutes } from "./routes/ad-accounts";
import { metaSimRoutes } from "./routes/meta";

const HOSTS: readonly string[] = ["graph.facebook.com", "www.facebook.com"];
/** On the plain origin only what carries a version can be meant for Meta. */
const VERSIONED = /^\/(v\d+\.\d+)(?:\/|$)/;

/**
 * The stand-in of Meta as a part of a server: answers what is meant for Meta's hosts and `/_sim` of
 * its own, and leaves everything else to what comes after it.
 */
export function metaHandler(context: MetaContext): Router {
  const router = Router();
  router.use("/_sim/meta", metaSimRoutes(context));
  router.use("/_sim/ad-accounts", adAccountSimRoutes(context));
  const body = express.raw({ type: () => true, limit: "5mb" });
  router.use((request: Request, response: Response, next: NextFunction) => {
    const place = placeOf(request);
    if (!place) {
      next();
      return;
    }
    const started = performance.now();
    response.on("close", () => logged(context, request, response, started));
    body(request, response, (error: unknown) => {
      if (error) {
        next(error);
        return;
      }
      handleGraph(context, place, request, response).catch((problem: unknown) => {
        context.report(`${request.method} ${request.path}: ${String(problem)}`);
        if (response.headersSent) response.destroy();
        else response.status(500).json({ error: { message: String(problem), code: 1 } });
      });
    });
  });
  return router;
}

function placeOf(request: Request): GraphPlace | null {
  const named = request.get("x-simulated-host")?.toLowerCase();
  const host = named ?? request.hostname.toLowerCase();
  const meant = HOSTS.includes(host);
  // Another company's host is not Meta's, whatever the path says.
  if (!meant && named !== undefined) return null;
  const version = VERSIONED.exec(request.path)?.[1];
  if (!meant && version === undefined) return null;
  if (request.path.startsWith("/_sim/")) return null;
  const path = request.path.split("/").filter(Boolean);
  return {
    version: version ?? VERSIONS[0] ?? "",
    path: version === undefined ? path : path.slice(1),
    base: meant ? `https://${host}` : `${request.protocol}://${request.get("host")}`,
  };
}

function logged(context: MetaContext, request: Request, response: Response, started: number): void {
  const { token, adAccount }: { token?: string; adAccount?: string | null } = response.locals;
  context.requests.add({
    at: context.now().toISOString(),
    method: request.method,
    host: request.get("x-simulated-host") ?? request.hostname,
    path: maskGraphPath(request.originalUrl),
    status: response.statusCode,
    ms: Math.round(performance.now() - started),
    ad_account: adAccount ?? null,
    token: token ?? null,
  });
}
