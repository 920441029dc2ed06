import { type ASTNode, GraphQLError, type ValidationContext } from "graphql";
import { type Ancestors, validationPath } from "./validation-path";

/** Reports an error of validation in Shopify's form (texts of shopify-recorded/graphql_errors.jsonl). */
export function report(
  context: ValidationContext,
  node: ASTNode,
  ancestors: Ancestors,
  message: string,
  extensions: Record<string, unknown>,
): void {
  const path = validationPath(ancestors, node);
  context.reportError(new GraphQLError(message, { nodes: node, path, extensions }));
}
