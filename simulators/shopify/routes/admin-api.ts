import express, { type NextFunction, type Request, type Response, Router } from "express";
import { type KnownShop, knownShop, type SimulatorContext } from "../context";
import { answerFault } from "../faults/http-fault";
import { HTTP_FAULTS, TOKEN_FAULTS } from "../faults/kinds";
import { answerGraphql } from "../graphql/endpoint";
import { answerAccessToken } from "../oauth/access-token-endpoint";
import { consentPage, grantedAddress, readAuthorize } from "../oauth/authorize";
import type { AccessToken } from "../oauth/token-types";
import { liveToken, revokeAll } from "../oauth/tokens";
import { maskToken } from "../request-log";
import { hostOf, only } from "./routing";

const INVALID_TOKEN =
  "[API] Invalid API key or access token (unrecognized login or wrong password)";

/** A shop's own host: OAuth and the Admin API. */
export function adminApiRoutes(context: SimulatorContext): Router {
  const router = Router();
  const body = [express.json({ limit: "5mb" }), express.urlencoded({ extended: false })];

  router.get("/admin/oauth/authorize", only("shop"), (request: Request, response: Response) => {
    const shop = shopOf(context, request, response);
    const asked = shop && readAuthorize(context, request.query);
    if (!asked) return;
    if ("refusal" in asked) response.status(400).type("text/plain").send(asked.refusal);
    else response.set("Cache-Control", "no-store").type("html").send(consentPage(context, asked));
  });
  router.post(
    "/admin/oauth/authorize",
    only("shop"),
    body,
    (request: Request, response: Response) => {
      const shop = shopOf(context, request, response);
      const asked = shop && readAuthorize(context, request.body);
      if (!shop || !asked) return;
      if ("refusal" in asked) response.status(400).type("text/plain").send(asked.refusal);
      else response.redirect(302, grantedAddress(context, shop, asked));
    },
  );
  router.post(
    "/admin/oauth/access_token",
    only("shop"),
    body,
    (request: Request, response: Response, next: NextFunction) => {
      const shop = shopOf(context, request, response);
      if (shop && !struck(context, shop, request, response))
        answerAccessToken(context, shop, request, response).catch(next);
    },
  );

  router.post(
    "/admin/api/:version/graphql.json",
    only("shop"),
    body,
    (request: Request, response: Response, next: NextFunction) => {
      const shop = shopOf(context, request, response);
      if (!shop || struck(context, shop, request, response)) return;
      const given = request.get("x-shopify-access-token") ?? "";
      spoilToken(context, shop, liveToken(context, shop.state.domain, given), request);
      const token = liveToken(context, shop.state.domain, given);
      response.locals.token = maskToken(given);
      if (!token) {
        response.status(401).json({ errors: INVALID_TOKEN });
        return;
      }
      answerGraphql(context, shop, token, request, response)
        .then((operation) => {
          response.locals.operation = operation;
        })
        .catch(next);
    },
  );
  return router;
}

/** Whether a fault has answered the call, or keeps it without an answer. */
function struck(
  context: SimulatorContext,
  shop: KnownShop,
  request: Request,
  response: Response,
): boolean {
  const fault = context.faults.take(shop.state.domain, HTTP_FAULTS, aboutOf(request));
  if (fault) answerFault(fault, request, response);
  return fault !== null;
}

/** Ends the token before its time: alone, so that a refresh helps, or with all of the shop. */
function spoilToken(
  context: SimulatorContext,
  shop: KnownShop,
  token: AccessToken | null,
  request: Request,
): void {
  if (!token) return;
  const fault = context.faults.take(shop.state.domain, TOKEN_FAULTS, aboutOf(request));
  if (fault?.kind === "token_expired") token.expiresAt = context.now().getTime();
  else if (fault) revokeAll(context, shop.state.domain);
}

/** What a fault's `match` is held against: the path and the document or form posted to it. */
function aboutOf(request: Request): string {
  return `${request.originalUrl} ${request.body?.query ?? request.body?.grant_type ?? ""}`;
}

function shopOf(context: SimulatorContext, request: Request, response: Response): KnownShop | null {
  const shop = knownShop(context, hostOf(request).name);
  if (!shop) response.status(404).json({ errors: "Not Found" });
  return shop;
}
