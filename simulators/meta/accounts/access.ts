import { scopesOf } from "../access/tokens";
import { accountOf, type MetaContext, sees } from "../context";
import type { GraphCall } from "../graph/call";
import { GraphError, unsupportedObject } from "../graph/graph-error";
import type { AdAccountWorld } from "./world";

/** The account a call may read. Throws 100/33 when it is not the asker's, 200 without permission. */
export function readable(context: MetaContext, call: GraphCall, id: string): AdAccountWorld {
  const account = accountOf(context, id);
  if (!account || !sees(context, call.token.userId, account)) {
    throw unsupportedObject(call.method, id);
  }
  const scopes = scopesOf(context, call.token);
  if (!scopes.includes("ads_read") && !scopes.includes("ads_management")) {
    throw new GraphError(200, null, {
      message: "(#200) Ad account owner has NOT grant ads_management or ads_read permission",
    });
  }
  return account;
}

/** As `readable`, for a change. Throws 294 without ads_management, 200 when the account is disabled. */
export function writable(context: MetaContext, call: GraphCall, id: string): AdAccountWorld {
  const account = readable(context, call, id);
  if (!scopesOf(context, call.token).includes("ads_management")) throw new GraphError(294);
  const status = account.accountStatus(context.now().getTime());
  if (status === 2 || status === 101) {
    throw new GraphError(200, null, { message: "(#200) The ad account is disabled or closed" });
  }
  return account;
}
