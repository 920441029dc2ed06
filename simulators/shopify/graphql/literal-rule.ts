import {
  type ASTVisitor,
  GraphQLError,
  type GraphQLInputType,
  getNamedType,
  getNullableType,
  type InputValueDefinitionNode,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isScalarType,
  print,
  type ValidationContext,
  type ValueNode,
} from "graphql";
import { type Ancestors, validationPath } from "./validation-path";
import { isGlobalId } from "./variables";

/** Literal values must fit their argument; an id must be a global id. */
export function fittingLiterals(context: ValidationContext): ASTVisitor {
  const check = (
    node: { name: InputValueDefinitionNode["name"]; value: ValueNode },
    owner: { typeName: "Field" | "InputObject"; name: string },
    ancestors: Ancestors,
  ) => {
    const type = context.getInputType();
    if (!type || fits(node.value, type)) return;
    const argument = node as unknown as Parameters<typeof validationPath>[1];
    const isId = getNamedType(type).name === "ID" && node.value.kind === "StringValue";
    const name = node.name.value;
    const message = isId
      ? `Invalid global id '${node.value.kind === "StringValue" ? node.value.value : ""}'`
      : `Argument '${name}' on ${owner.typeName} '${owner.name}' has an invalid value (${print(node.value)}). Expected type '${type}'.`;
    const extensions = isId
      ? { code: "argumentLiteralsIncompatible", typeName: "CoercionError" }
      : { code: "argumentLiteralsIncompatible", typeName: owner.typeName, argumentName: name };
    const holder = [...ancestors]
      .reverse()
      .find((entry) => "kind" in entry && (entry.kind === "Field" || entry.kind === "ObjectValue"));
    context.reportError(
      new GraphQLError(message, {
        nodes: holder && "kind" in holder ? holder : node.value,
        path: validationPath(ancestors, argument),
        extensions,
      }),
    );
  };
  return {
    Argument(node, _key, _parent, _path, ancestors) {
      const field = context.getFieldDef();
      if (!field || context.getDirective() || !context.getArgument()) return;
      check(node, { typeName: "Field", name: field.name }, ancestors);
    },
    ObjectField(node, _key, _parent, _path, ancestors) {
      const type = getNamedType(context.getParentInputType());
      if (type) check(node, { typeName: "InputObject", name: type.name }, ancestors);
    },
  };
}

/** Objects are left to their own fields; variables to the check of variables. */
function fits(value: ValueNode, type: GraphQLInputType): boolean {
  if (value.kind === "Variable") return true;
  if (value.kind === "NullValue") return !isNonNullType(type);
  const inner = getNullableType(type);
  if (isListType(inner)) {
    const items = value.kind === "ListValue" ? value.values : [value];
    return items.every((item) => fits(item, inner.ofType));
  }
  if (isInputObjectType(inner)) return value.kind === "ObjectValue";
  if (isEnumType(inner)) return value.kind === "EnumValue" && Boolean(inner.getValue(value.value));
  if (!isScalarType(inner)) return true;
  switch (inner.name) {
    case "ID":
      return value.kind === "IntValue" || (value.kind === "StringValue" && isGlobalId(value.value));
    case "Int":
      return value.kind === "IntValue";
    case "Float":
      return value.kind === "IntValue" || value.kind === "FloatValue";
    case "Boolean":
      return value.kind === "BooleanValue";
    case "String":
      return value.kind === "StringValue";
    default:
      return value.kind !== "EnumValue";
  }
}
