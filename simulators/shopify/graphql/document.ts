import {
  type DocumentNode,
  FieldsOnCorrectTypeRule,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLSchema,
  KnownArgumentNamesRule,
  KnownDirectivesRule,
  NoUnusedVariablesRule,
  type OperationDefinitionNode,
  ProvidedRequiredArgumentsRule,
  parse,
  ScalarLeafsRule,
  specifiedRules,
  ValuesOfCorrectTypeRule,
  validate,
} from "graphql";
import { knownArguments, requiredArguments } from "./argument-rules";
import { fittingLiterals } from "./literal-rule";
import { knownDirectives, knownFields, leafSelections, usedVariables } from "./validation-rules";

const REPLACED = new Set([
  FieldsOnCorrectTypeRule,
  ScalarLeafsRule,
  KnownArgumentNamesRule,
  ProvidedRequiredArgumentsRule,
  NoUnusedVariablesRule,
  KnownDirectivesRule,
  ValuesOfCorrectTypeRule,
]);

/** graphql-js rules, with those whose Shopify texts are recorded in Shopify's own words. */
const RULES = [
  ...specifiedRules.filter((rule) => !REPLACED.has(rule)),
  knownFields,
  leafSelections,
  knownArguments,
  requiredArguments,
  usedVariables,
  knownDirectives,
  fittingLiterals,
];

export interface ParsedDocument {
  document: DocumentNode;
  operation: OperationDefinitionNode;
  fragments: Record<string, FragmentDefinitionNode>;
}

/** The document with its operation chosen, or Shopify's errors of parsing and validation. */
export function readDocument(
  schema: GraphQLSchema,
  text: string,
  operationName: string | null,
): ParsedDocument | GraphQLError[] {
  let document: DocumentNode;
  try {
    document = parse(text);
  } catch (error) {
    if (error instanceof GraphQLError) return [syntaxError(error)];
    throw error;
  }
  const errors = validate(schema, document, RULES);
  if (errors.length > 0) return [...errors];
  const operations = document.definitions.filter((node) => node.kind === "OperationDefinition");
  const operation = operationName
    ? operations.find((node) => node.name?.value === operationName)
    : operations.length === 1
      ? operations[0]
      : undefined;
  if (!operation) {
    const message = operationName
      ? `No operation named "${operationName}"`
      : "An operation name is required";
    return [new GraphQLError(message, { extensions: { code: "BAD_REQUEST" } })];
  }
  const fragments: ParsedDocument["fragments"] = {};
  for (const node of document.definitions) {
    if (node.kind === "FragmentDefinition") fragments[node.name.value] = node;
  }
  return { document, operation, fragments };
}

/** `syntax error, unexpected … at [line, column]`. */
export function syntaxText(error: GraphQLError): string {
  const found = /(?:found|Unexpected) (?:Name |String |Int )?(<EOF>|.+?)\.?$/.exec(
    error.message,
  )?.[1];
  return `syntax error, unexpected ${found === "<EOF>" ? "end of file" : (found ?? "token")}`;
}

function syntaxError(error: GraphQLError): GraphQLError {
  const at = error.locations?.[0] ?? { line: 1, column: 1 };
  return new GraphQLError(`${syntaxText(error)} at [${at.line}, ${at.column}]`, {
    source: error.source,
    positions: error.positions,
    extensions: { code: "PARSE_ERROR" },
  });
}
