import type { Request, Response } from "express";
import { z } from "zod";
import type { KnownShop, SimulatorContext } from "../context";
import { REFRESH_FAULTS } from "../faults/kinds";
import type { StaffMember } from "../state";
import { verifySessionToken } from "./session-token";
import type { AccessToken } from "./token-types";
import { type IssuedOffline, issueOffline, issueOnline, liveToken, rotate } from "./tokens";

const ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token";
const OFFLINE = "urn:shopify:params:oauth:token-type:offline-access-token";
const ONLINE = "urn:shopify:params:oauth:token-type:online-access-token";

/** Not on the wire: a code is sent without a grant type. */
const CODE = "authorization_code";

const bodySchema = z.discriminatedUnion("grant_type", [
  z.object({
    grant_type: z.literal("urn:ietf:params:oauth:grant-type:token-exchange"),
    client_id: z.string(),
    client_secret: z.string(),
    subject_token: z.string(),
    subject_token_type: z.enum([ID_TOKEN, OFFLINE]),
    requested_token_type: z.enum([OFFLINE, ONLINE]),
    expiring: z.enum(["0", "1"]).default("0"),
  }),
  z.object({
    grant_type: z.literal("refresh_token"),
    client_id: z.string(),
    client_secret: z.string(),
    refresh_token: z.string(),
  }),
  z.object({
    grant_type: z.literal(CODE),
    client_id: z.string(),
    client_secret: z.string(),
    code: z.string(),
    expiring: z.enum(["0", "1"]).default("0"),
  }),
]);
type TokenRequest = z.infer<typeof bodySchema>;
type Exchange = Extract<TokenRequest, { subject_token: string }>;

/** `POST /admin/oauth/access_token`: token exchange and refresh (reference/shopify-api.md §4.2). */
export async function answerAccessToken(
  context: SimulatorContext,
  shop: KnownShop,
  request: Request,
  response: Response,
): Promise<void> {
  const parsed = bodySchema.safeParse({ grant_type: CODE, ...request.body });
  if (!parsed.success) return refuse(response, 400, "invalid_request");
  const body = parsed.data;
  if (body.client_id !== context.apiKey) {
    return refuse(response, 400, "application_cannot_be_found");
  }
  if (body.client_secret !== context.apiSecret) return refuse(response, 401, "invalid_client");
  if (body.grant_type === "refresh_token") {
    const { domain } = shop.state;
    const fault = context.faults.take(domain, REFRESH_FAULTS, body.grant_type);
    if (fault?.kind === "refresh_refused") return refuse(response, 400, "invalid_grant");
    const issued = rotate(context, domain, body.refresh_token);
    if (!issued) return refuse(response, 400, "invalid_grant");
    // Carried out, and nobody hears of it.
    if (fault) request.socket.destroy();
    else response.json(offlineAnswer(context, issued));
    return;
  }
  if (body.grant_type === CODE) {
    spendCode(context, shop, body, response);
    return;
  }
  await exchange(context, shop, body, response);
}

/** The code of the redirect flow, good once, for an offline token or the owner's online one. */
function spendCode(
  context: SimulatorContext,
  shop: KnownShop,
  body: Extract<TokenRequest, { code: string }>,
  response: Response,
): void {
  const { domain, staff } = shop.state;
  const grant = context.codes.spend(domain, body.code);
  const owner = staff.find((member) => member.accountOwner);
  if (!grant || !owner) refuse(response, 400, "invalid_request");
  else if (grant.online) {
    response.json(onlineAnswer(issueOnline(context, domain, grant.scopes, owner.id), owner));
  } else {
    const issued = issueOffline(context, domain, grant.scopes, body.expiring === "1");
    response.json(offlineAnswer(context, issued));
  }
}

async function exchange(
  context: SimulatorContext,
  shop: KnownShop,
  body: Exchange,
  response: Response,
): Promise<void> {
  const domain = shop.state.domain;
  if (body.subject_token_type === OFFLINE) {
    const old = liveToken(context, domain, body.subject_token);
    if (old?.kind !== "offline") return refuse(response, 400, "invalid_subject_token");
    const tokens = context.state.content;
    tokens.accessTokens = tokens.accessTokens.filter((token) => token !== old);
    response.json(offlineAnswer(context, issueOffline(context, domain, old.scopes, true)));
    return;
  }
  const claims = await verifySessionToken(body.subject_token, {
    apiKey: context.apiKey,
    apiSecret: context.apiSecret,
    now: context.now(),
  });
  const user = claims && shop.state.staff.find((member) => member.id === claims.userId);
  if (!user || claims.shop !== domain || !shop.state.installed) {
    return refuse(response, 400, "invalid_subject_token");
  }
  const scopes = shop.state.scopes;
  if (body.requested_token_type === OFFLINE) {
    const issued = issueOffline(context, domain, scopes, body.expiring === "1");
    response.json(offlineAnswer(context, issued));
    return;
  }
  const online = issueOnline(context, domain, scopes, user.id);
  response.json(onlineAnswer(online, user));
}

function onlineAnswer(online: AccessToken, user: StaffMember): Record<string, unknown> {
  const scope = online.scopes.join(",");
  return {
    access_token: online.token,
    scope,
    expires_in: 86_399,
    associated_user_scope: scope,
    associated_user: {
      id: user.id,
      first_name: user.firstName,
      last_name: user.lastName,
      email: user.email,
      account_owner: user.accountOwner,
      locale: user.locale,
      collaborator: false,
      email_verified: user.emailVerified,
    },
  };
}

function offlineAnswer(context: SimulatorContext, issued: IssuedOffline): Record<string, unknown> {
  const answer = { access_token: issued.access.token, scope: issued.access.scopes.join(",") };
  if (!issued.refresh) return answer;
  return {
    ...answer,
    expires_in: context.offlineTokenSeconds,
    refresh_token: issued.refresh.token,
    refresh_token_expires_in: 7_776_000,
  };
}

function refuse(response: Response, status: number, error: string): void {
  response.status(status).json({ error });
}
