import express, { type NextFunction, type Request, type Response, Router } from "express";
import { type KnownShop, knownShop, type SimulatorContext } from "../context";
import { answerGraphql } from "../graphql/endpoint";
import { answerAccessToken } from "../oauth/access-token-endpoint";
import { liveToken } from "../oauth/tokens";
import { maskToken } from "../request-log";
import { hostOf, only } from "./routing";

const INVALID_TOKEN =
  "[API] Invalid API key or access token (unrecognized login or wrong password)";

/** A shop's own host: OAuth and the Admin API. */
export function adminApiRoutes(context: SimulatorContext): Router {
  const router = Router();
  const body = [express.json({ limit: "5mb" }), express.urlencoded({ extended: false })];

  router.post(
    "/admin/oauth/access_token",
    only("shop"),
    body,
    (request: Request, response: Response, next: NextFunction) => {
      const shop = shopOf(context, request, response);
      if (shop) answerAccessToken(context, shop, request, response).catch(next);
    },
  );

  router.post(
    "/admin/api/:version/graphql.json",
    only("shop"),
    body,
    (request: Request, response: Response, next: NextFunction) => {
      const shop = shopOf(context, request, response);
      if (!shop) return;
      const given = request.get("x-shopify-access-token") ?? "";
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

function shopOf(context: SimulatorContext, request: Request, response: Response): KnownShop | null {
  const shop = knownShop(context, hostOf(request).name);
  if (!shop) response.status(404).json({ errors: "Not Found" });
  return shop;
}
