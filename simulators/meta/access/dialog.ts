import type { Response } from "express";
import { type MetaContext, sees } from "../context";
import type { Params } from "../graph/params";
import { issueCode } from "./codes";
import { dialogError, dialogPage } from "./dialog-page";
import { decide, PERMISSIONS } from "./permissions";

/** What Facebook Login for Business asks for under a `config_id` in place of `scope`. */
const CONFIGURED = ["ads_read", "ads_management", "business_management"];

/** `/dialog/oauth`: the page (GET) and the person's answer (POST). Never inside a frame. */
export function answerDialog(
  context: MetaContext,
  call: { method: string; path: string; params: Params },
  response: Response,
): void {
  response.setHeader("X-Frame-Options", "DENY");
  response.setHeader("Content-Security-Policy", "frame-ancestors 'none'");
  response.setHeader("Cache-Control", "no-store");
  const { params } = call;
  const refused = refusal(context, params);
  if (refused) {
    response.status(400).type("html").send(dialogError(refused.title, refused.text));
    return;
  }
  const scopes = askedScopes(params);
  if (call.method === "POST") {
    // Browsers add `#_=_` to where Meta sends them back; whoever reads the address must bear it.
    response.redirect(302, `${sentBack(context, params, scopes)}#_=_`);
    return;
  }
  const hidden: Record<string, string> = {};
  for (const name of ["client_id", "redirect_uri", "state", "scope", "config_id"]) {
    const value = params.text(name);
    if (value !== null) hidden[name] = value;
  }
  const users = context.users.map((user) => ({
    id: user.id,
    name: user.name,
    accounts: context.accounts
      .filter((account) => sees(context, user.id, account))
      .map((account) => account.options.name),
  }));
  const page = { appName: context.appName, users, scopes, hidden, action: call.path };
  response.type("html").send(dialogPage(page));
}

function refusal(context: MetaContext, params: Params): { title: string; text: string } | null {
  if (params.text("client_id") !== context.appId) {
    return {
      title: "Invalid App ID",
      text: "The provided app ID does not look like a valid app ID.",
    };
  }
  if (!context.redirectUris.includes(params.text("redirect_uri") ?? "")) {
    return {
      title: "URL blocked",
      text: "This redirect failed because the redirect URI is not white-listed in the app's client OAuth settings. Make sure that the client and web OAuth logins are on and add all your app domains as valid OAuth redirect URIs.",
    };
  }
  const unknown = askedScopes(params).filter((scope) => !(scope in PERMISSIONS));
  if (unknown.length > 0) {
    return {
      title: "Invalid scopes",
      text: `Invalid Scopes: ${unknown.join(", ")}. This message is only shown to developers.`,
    };
  }
  return null;
}

function askedScopes(params: Params): string[] {
  if (params.has("config_id")) return ["public_profile", ...CONFIGURED];
  return [...new Set(["public_profile", ...params.list("scope")])];
}

/** Where a person's answer leads: a code, or the refusal. */
function sentBack(context: MetaContext, params: Params, scopes: string[]): string {
  const back = new URL(params.text("redirect_uri") ?? "");
  const state = params.text("state");
  const user = context.users.find((one) => one.id === params.text("user")) ?? context.users[0];
  if (params.text("action") !== "accept" || !user) {
    back.searchParams.set("error", "access_denied");
    back.searchParams.set("error_code", "200");
    back.searchParams.set("error_description", "Permissions error");
    back.searchParams.set("error_reason", "user_denied");
  } else {
    decide(context, user.id, scopes, params.all("grant"));
    const redirectUri = params.text("redirect_uri") ?? "";
    back.searchParams.set("code", issueCode(context, { userId: user.id, redirectUri, scopes }));
  }
  if (state !== null) back.searchParams.set("state", state);
  return back.toString();
}
