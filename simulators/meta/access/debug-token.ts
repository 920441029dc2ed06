import { type MetaContext, sees } from "../context";
import type { GraphAnswer } from "../graph/call";
import { GraphError } from "../graph/graph-error";
import type { Params } from "../graph/params";
import { findToken, scopesOf } from "./tokens";

/** `GET /debug_token`: what a token is good for. Asked with the app's own token, or one of its users'. */
export function answerDebugToken(
  context: MetaContext,
  params: Params,
  asker: string | null,
): GraphAnswer {
  if (asker !== `${context.appId}|${context.appSecret}` && !findToken(context, asker ?? "")) {
    throw new GraphError(190, null, { message: "Invalid OAuth access token signature." });
  }
  const token = findToken(context, params.text("input_token") ?? "");
  if (!token) {
    const error = { code: 190, message: "Invalid OAuth access token." };
    return { body: { data: { error, is_valid: false, scopes: [] } } };
  }
  const now = context.now().getTime();
  const expired = token.expiresAt !== null && token.expiresAt <= now;
  const valid = token.invalid === null && !expired;
  const scopes = scopesOf(context, token);
  const accounts = context.accounts.filter((account) => sees(context, token.userId, account));
  return {
    body: {
      data: {
        app_id: context.appId,
        type: token.kind === "system" ? "SYSTEM_USER" : "USER",
        application: context.appName,
        data_access_expires_at: seconds(token.dataAccessExpiresAt),
        ...(valid ? {} : { error: reason(token.invalid ?? 463) }),
        expires_at: token.expiresAt === null ? 0 : seconds(token.expiresAt),
        is_valid: valid,
        ...(token.kind === "long" ? { issued_at: seconds(token.issuedAt) } : {}),
        scopes,
        granular_scopes: scopes
          .filter((scope) => scope !== "public_profile")
          .map((scope) => ({
            scope,
            ...(scope.startsWith("ads_")
              ? { target_ids: accounts.map((account) => account.options.id) }
              : {}),
          })),
        user_id: token.userId,
      },
    },
  };
}

function reason(subcode: number): Record<string, unknown> {
  return { code: 190, message: new GraphError(190, subcode).message, subcode };
}

function seconds(at: number): number {
  return Math.floor(at / 1000);
}
