import {
  GraphQLError,
  type GraphQLInputType,
  type GraphQLSchema,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  type OperationDefinitionNode,
  typeFromAST,
} from "graphql";

interface Problem {
  path: (string | number)[];
  explanation: string;
  message?: string;
}

export function isGlobalId(value: string): boolean {
  return /^gid:\/\/[\w-]+\/\w+\/[^\s]+$/.test(value);
}

/** Shopify's INVALID_VARIABLE errors of the variables given to an operation; empty when all fit. */
export function variableErrors(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
): GraphQLError[] {
  const errors: GraphQLError[] = [];
  for (const definition of operation.variableDefinitions ?? []) {
    const name = definition.variable.name.value;
    const type = typeFromAST(schema, definition.type);
    if (!isInputType(type)) continue;
    const value = variables[name];
    if (value === undefined && definition.defaultValue) continue;
    const problems = problemsOf(value, type, []);
    const first = problems[0];
    if (!first) continue;
    const where =
      first.path.length > 0 ? ` for ${first.path.join(".")} (${first.explanation})` : "";
    errors.push(
      new GraphQLError(`Variable $${name} of type ${type} was provided invalid value${where}`, {
        nodes: definition,
        extensions: { code: "INVALID_VARIABLE", value: value ?? null, problems },
      }),
    );
  }
  return errors;
}

function problemsOf(value: unknown, type: GraphQLInputType, path: Problem["path"]): Problem[] {
  if (value === null || value === undefined) {
    return isNonNullType(type) ? [{ path, explanation: "Expected value to not be null" }] : [];
  }
  const inner = getNullableType(type);
  if (isListType(inner)) {
    const items: unknown[] = Array.isArray(value) ? value : [value];
    return items.flatMap((item, index) => problemsOf(item, inner.ofType, [...path, index]));
  }
  if (isEnumType(inner)) {
    const names = inner.getValues().map((entry) => entry.name);
    if (typeof value === "string" && names.includes(value)) return [];
    const text = `Expected ${JSON.stringify(value)} to be one of: ${names.join(", ")}`;
    return [{ path, explanation: text }];
  }
  if (isInputObjectType(inner)) {
    if (typeof value !== "object") {
      return [{ path, explanation: `Expected ${JSON.stringify(value)} to be a key-value object.` }];
    }
    const fields = inner.getFields();
    const unknown = Object.keys(value)
      .filter((key) => !(key in fields))
      .map((key) => ({
        path: [...path, key],
        explanation: `Field is not defined on ${inner.name}`,
      }));
    const wrong = Object.values(fields)
      .filter((field) => field.defaultValue === undefined || field.name in value)
      .flatMap((field) =>
        problemsOf(Reflect.get(value, field.name), field.type, [...path, field.name]),
      );
    return [...wrong, ...unknown];
  }
  return scalarProblems(value, inner.name, path);
}

function scalarProblems(value: unknown, scalar: string, path: Problem["path"]): Problem[] {
  if (scalar === "ID") {
    if (typeof value === "string" && isGlobalId(value)) return [];
    const message = `Invalid global id '${String(value)}'`;
    return [{ path, explanation: message, message }];
  }
  const fits =
    scalar === "Int"
      ? Number.isInteger(value)
      : scalar === "Float"
        ? typeof value === "number"
        : scalar === "Boolean"
          ? typeof value === "boolean"
          : scalar === "String"
            ? typeof value === "string"
            : true;
  const explanation = `Could not coerce value ${JSON.stringify(value)} to ${scalar}`;
  return fits ? [] : [{ path, explanation }];
}
