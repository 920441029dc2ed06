import express, { type NextFunction, type Request, type Response, Router } from "express";
import { z } from "zod";
import { issueCode } from "../access/codes";
import { decide, withdraw } from "../access/permissions";
import { issueToken } from "../access/tokens";
import type { MetaContext } from "../context";
import { faultSchema } from "../faults";
import { maskGraphToken } from "../request-log";

const SCOPES = ["public_profile", "ads_read", "ads_management", "business_management"];

const user = z.string().optional();
const scopes = z.array(z.string()).default(SCOPES);
const loginBody = z.object({
  user,
  redirect_uri: z.string(),
  state: z.string().optional(),
  scopes,
  declined: z.array(z.string()).default([]),
});
const tokenBody = z.object({
  user,
  scopes,
  kind: z.enum(["short", "long", "system"]).default("long"),
  seconds: z.number().optional(),
});
const endBody = z.object({
  user,
  token: z.string().optional(),
  /** Why it no longer serves: expired, revoked by the person, password changed, checkpointed … */
  reason: z.enum(["expired", "revoked", "password", "checkpoint", "logged_out"]),
});
const permissionBody = z.object({
  user,
  permission: z.string(),
  status: z.enum(["granted", "declined"]),
});
const REASONS = { expired: 463, revoked: 458, password: 460, checkpoint: 459, logged_out: 467 };

/** `/_sim/meta`: what tests and the demo ask of the stand-in itself. Not Meta's. */
export function metaSimRoutes(context: MetaContext): Router {
  const router = Router();
  router.use(express.json());
  const person = (id: string | undefined) => id ?? context.users[0]?.id ?? "";

  router.get("/users", (_request, response) => {
    const { permissions } = context.state.content;
    const users = context.users.map((one) => ({ ...one, permissions: permissions[one.id] ?? {} }));
    response.json({ app_id: context.appId, redirect_uris: context.redirectUris, users });
  });
  router.get("/requests", (_request, response) => {
    response.json({ requests: context.requests.all() });
  });
  router.get("/faults", (_request, response) => {
    response.json({ faults: context.faults.all() });
  });
  router.post("/faults", (request, response) => {
    context.faults.add(faultSchema.parse(request.body));
    response.json({ faults: context.faults.all() });
  });
  router.delete("/faults", (_request, response) => {
    context.faults.clear();
    response.json({ faults: [] });
  });
  /** A login without a browser: the address that the person would be sent back to. */
  router.post("/login", (request, response) => {
    const body = loginBody.parse(request.body);
    const userId = person(body.user);
    const granted = body.scopes.filter((scope) => !body.declined.includes(scope));
    decide(context, userId, body.scopes, granted);
    const login = { userId, redirectUri: body.redirect_uri, scopes: body.scopes };
    const back = new URL(body.redirect_uri);
    back.searchParams.set("code", issueCode(context, login));
    if (body.state !== undefined) back.searchParams.set("state", body.state);
    response.json({ location: back.toString() });
  });
  /** A token without a login; its scopes are granted. */
  router.post("/tokens", (request, response) => {
    const { kind, seconds, ...body } = tokenBody.parse(request.body ?? {});
    const userId = person(body.user);
    decide(context, userId, body.scopes, body.scopes);
    const wanted = { userId, kind, scopes: body.scopes };
    const token = issueToken(context, seconds === undefined ? wanted : { ...wanted, seconds });
    response.json({ access_token: token.token, user_id: userId, expires_at: token.expiresAt });
  });
  router.post("/tokens/end", (request, response) => {
    const body = endBody.parse(request.body);
    const ended = context.state.content.tokens.filter(
      (one) =>
        (body.token === undefined || one.token === body.token) &&
        (body.user === undefined || one.userId === body.user),
    );
    for (const one of ended) one.invalid = REASONS[body.reason];
    context.state.changed();
    response.json({ ended: ended.map((one) => maskGraphToken(one.token)) });
  });
  router.post("/permissions", (request, response) => {
    const body = permissionBody.parse(request.body);
    const userId = person(body.user);
    if (body.status === "declined") withdraw(context, userId, body.permission);
    else decide(context, userId, [body.permission], [body.permission]);
    response.json({ permissions: context.state.content.permissions[userId] });
  });
  router.use(badRequest);
  return router;
}

/** What was asked wrongly of `/_sim` is answered with what was wrong. */
export function badRequest(
  error: unknown,
  _request: Request,
  response: Response,
  next: NextFunction,
): void {
  if (error instanceof z.ZodError) response.status(400).json({ error: z.prettifyError(error) });
  else next(error);
}
