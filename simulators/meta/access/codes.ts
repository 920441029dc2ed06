import { randomBytes } from "node:crypto";
import type { MetaContext } from "../context";
import type { GraphAnswer } from "../graph/call";
import { GraphError } from "../graph/graph-error";
import type { Params } from "../graph/params";
import { expiresIn, findToken, issueToken, liveToken } from "./tokens";

const CODE_LIFE = 10 * 60_000;

/** A code of a finished login: serves once, for ten minutes, with the same redirect_uri. */
export function issueCode(
  context: MetaContext,
  login: { userId: string; redirectUri: string; scopes: string[] },
): string {
  const code = `AQ${randomBytes(90).toString("base64url")}`;
  const expiresAt = context.now().getTime() + CODE_LIFE;
  context.state.content.codes.push({ ...login, code, expiresAt, used: false });
  context.state.changed();
  return code;
}

/** `GET /oauth/access_token`: a code for a token, a token for a longer one, or the app's own. */
export function answerAccessToken(context: MetaContext, params: Params): GraphAnswer {
  if (params.text("client_id") !== context.appId) {
    throw new GraphError(101, null, {
      message: "Error validating application. Invalid application ID.",
    });
  }
  if (params.text("client_secret") !== context.appSecret) {
    throw new GraphError(1, null, { message: "Error validating client secret.", status: 400 });
  }
  const grant = params.text("grant_type");
  if (grant === "fb_exchange_token") return longer(context, params);
  if (grant === "client_credentials") {
    return {
      body: { access_token: `${context.appId}|${context.appSecret}`, token_type: "bearer" },
    };
  }
  return fromCode(context, params);
}

function longer(context: MetaContext, params: Params): GraphAnswer {
  const given = params.text("fb_exchange_token");
  const old = liveToken(context, given, params.text("appsecret_proof"));
  const { userId, scopes } = old;
  const token = issueToken(context, { userId, scopes, kind: "long" });
  // Exchanging is no new consent: access to data still ends 90 days after the login.
  token.dataAccessExpiresAt = old.dataAccessExpiresAt;
  return answer(context, token.token);
}

function fromCode(context: MetaContext, params: Params): GraphAnswer {
  const code = context.state.content.codes.find((one) => one.code === params.text("code"));
  if (!code) throw new GraphError(100, null, { message: "Invalid verification code format." });
  if (code.used) throw new GraphError(100, 36009);
  if (code.expiresAt <= context.now().getTime()) {
    throw new GraphError(100, 36009, { message: "This authorization code has expired." });
  }
  if (params.text("redirect_uri") !== code.redirectUri) {
    throw new GraphError(100, 36008, {
      message:
        "Error validating verification code. Please make sure your redirect_uri is identical to the one you used in the OAuth dialog request",
    });
  }
  code.used = true;
  const { userId, scopes } = code;
  return answer(context, issueToken(context, { userId, scopes, kind: "short" }).token);
}

function answer(context: MetaContext, text: string): GraphAnswer {
  const token = findToken(context, text);
  return {
    body: {
      access_token: text,
      token_type: "bearer",
      ...(token ? { expires_in: expiresIn(context, token) } : {}),
    },
  };
}
