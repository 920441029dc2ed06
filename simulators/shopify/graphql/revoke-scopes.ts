import { changeScopes } from "../installation";
import type { PlainNode } from "../store/types";
import type { RequestContext } from "./request-context";

/** `appRevokeAccessScopes`: an app may give back its optional scopes and no others. */
export function appRevokeAccessScopes(
  request: RequestContext,
  args: Record<string, unknown>,
): PlainNode {
  const { simulator, shop } = request;
  const { scopes, optionalScopes } = simulator.manifest;
  const asked = Array.isArray(args.scopes) ? args.scopes.map(String) : [];
  const refuse = (code: string, message: string) => ({
    revoked: null,
    userErrors: [{ code, field: ["scopes"], message }],
  });
  if (asked.some((scope) => scopes.includes(scope))) {
    return refuse("CANNOT_REVOKE_REQUIRED_SCOPES", "Required scopes cannot be revoked.");
  }
  if (asked.some((scope) => !optionalScopes.includes(scope))) {
    const message = "Cannot revoke optional scopes that haven't been declared.";
    return refuse("CANNOT_REVOKE_UNDECLARED_SCOPES", message);
  }
  const revoked = asked.filter((scope) => shop.state.scopes.includes(scope));
  const kept = shop.state.scopes.filter((scope) => !revoked.includes(scope));
  changeScopes(simulator, shop, kept);
  return {
    revoked: revoked.map((handle) => ({
      __typename: "AccessScope",
      handle,
      description: handle.replaceAll("_", " "),
    })),
    userErrors: [],
  };
}
