import { withdraw } from "../access/permissions";
import { scopesOf } from "../access/tokens";
import { type MetaContext, sees } from "../context";
import type { GraphAnswer, GraphCall } from "../graph/call";
import { parseFields, pick } from "../graph/fields";
import { GraphError, unsupportedObject } from "../graph/graph-error";
import { pageOf } from "../graph/paging";
import { AD_ACCOUNT_FIELDS } from "../names/objects";
import { accountNode } from "./account-node";

const USER_FIELDS = ["id", "name", "email", "first_name", "last_name"];

/** `/me` (or the user's own id) and what hangs on it: permissions, ad accounts. */
export function answerMe(context: MetaContext, call: GraphCall): GraphAnswer {
  const [, edge, name] = call.path;
  if (edge === undefined) return { body: me(context, call) };
  if (edge === "permissions") return answerPermissions(context, call, name ?? null);
  if (edge === "adaccounts" && call.method === "GET") return { body: adAccounts(context, call) };
  throw unsupportedObject(call.method, call.path.join("/"));
}

function me(context: MetaContext, call: GraphCall): Record<string, unknown> {
  const user = context.users.find((one) => one.id === call.token.userId);
  if (!user) throw new GraphError(190, 460);
  const [first = "", ...rest] = user.name.split(" ");
  const whole = { id: user.id, name: user.name, first_name: first, last_name: rest.join(" ") };
  const fields = parseFields(call.params.text("fields") ?? "id,name");
  return pick(whole, fields, { name: "User", fields: USER_FIELDS });
}

function answerPermissions(
  context: MetaContext,
  call: GraphCall,
  permission: string | null,
): GraphAnswer {
  if (call.method === "DELETE") {
    withdraw(context, call.token.userId, permission);
    return { body: { success: true } };
  }
  const answers = context.state.content.permissions[call.token.userId] ?? {};
  const data = Object.entries(answers).map(([name, status]) => ({ permission: name, status }));
  return { body: { data } };
}

function adAccounts(context: MetaContext, call: GraphCall): Record<string, unknown> {
  const scopes = scopesOf(context, call.token);
  if (!scopes.includes("ads_read") && !scopes.includes("ads_management")) {
    throw new GraphError(200, null, {
      message: "(#200) Requires ads_management or ads_read permission to manage the object",
    });
  }
  const fields = parseFields(call.params.text("fields") ?? "account_id,id");
  const type = { name: "AdAccount", fields: AD_ACCOUNT_FIELDS };
  const mine = context.accounts.filter((account) => sees(context, call.token.userId, account));
  const page = pageOf(call, mine);
  const now = context.now().getTime();
  return {
    data: page.rows.map((account) => pick(accountNode(account, now), fields, type)),
    ...(page.paging ? { paging: page.paging } : {}),
  };
}
