import { GraphQLError } from "graphql";

/** An error in Shopify's form: a text and a code, with what else the code carries. */
export function shopifyError(
  message: string,
  code: string,
  more: Record<string, unknown> = {},
): GraphQLError {
  return new GraphQLError(message, { extensions: { code, ...more } });
}

const ACCESS_DOC = "https://shopify.dev/api/usage/access-scopes";

export function accessDenied(field: string, scope: string): GraphQLError {
  const requiredAccess = `\`${scope}\` access scope.`;
  return shopifyError(
    `Access denied for ${field} field. Required access: ${requiredAccess}`,
    "ACCESS_DENIED",
    { documentation: ACCESS_DOC, requiredAccess },
  );
}

/** Not Shopify's: the stand-in says plainly that it does not know, rather than invent a null. */
export function notHeld(what: string): GraphQLError {
  return shopifyError(`The stand-in does not hold ${what}`, "STAND_IN_DOES_NOT_HOLD");
}
