import {
  type ASTVisitor,
  GraphQLError,
  getNamedType,
  isNonNullType,
  isRequiredArgument,
  type ValidationContext,
} from "graphql";
import { validationPath } from "./validation-path";
import { report } from "./validation-report";

export function knownArguments(context: ValidationContext): ASTVisitor {
  return {
    Argument(node, _key, _parent, _path, ancestors) {
      const field = context.getFieldDef();
      if (!field || context.getArgument() || context.getDirective()) return;
      const argumentName = node.name.value;
      report(
        context,
        node,
        ancestors,
        `Field '${field.name}' doesn't accept argument '${argumentName}'`,
        { code: "argumentNotAccepted", name: field.name, typeName: "Field", argumentName },
      );
    },
    ObjectField(node, _key, _parent, _path, ancestors) {
      const type = getNamedType(context.getParentInputType());
      if (!type || !("getFields" in type) || node.name.value in type.getFields()) return;
      const argumentName = node.name.value;
      report(
        context,
        node,
        ancestors,
        `InputObject '${type.name}' doesn't accept argument '${argumentName}'`,
        { code: "argumentNotAccepted", name: type.name, typeName: "InputObject", argumentName },
      );
    },
  };
}

export function requiredArguments(context: ValidationContext): ASTVisitor {
  return {
    Field(node, _key, _parent, _path, ancestors) {
      const field = context.getFieldDef();
      if (!field) return;
      const given = new Set(node.arguments?.map((argument) => argument.name.value));
      const missing = field.args.filter((arg) => isRequiredArgument(arg) && !given.has(arg.name));
      if (missing.length === 0) return;
      const names = missing.map((arg) => arg.name).join(", ");
      const text = `Field '${field.name}' is missing required arguments: ${names}`;
      report(context, node, ancestors, text, {
        code: "missingRequiredArguments",
        className: "Field",
        name: field.name,
        arguments: names,
      });
    },
    ObjectValue(node, _key, parent, _path, ancestors) {
      const type = getNamedType(context.getInputType());
      if (!type || !("getFields" in type)) return;
      const given = new Set(node.fields.map((field) => field.name.value));
      for (const field of Object.values(type.getFields())) {
        if (given.has(field.name) || !("defaultValue" in field)) continue;
        if (!isNonNullType(field.type) || field.defaultValue !== undefined) continue;
        context.reportError(
          new GraphQLError(
            `Argument '${field.name}' on InputObject '${type.name}' is required. Expected type ${field.type}`,
            {
              nodes: node,
              path: [
                ...validationPath(parent ? [...ancestors, parent] : ancestors, node),
                field.name,
              ],
              extensions: {
                code: "missingRequiredInputObjectAttribute",
                argumentName: field.name,
                argumentType: String(field.type),
                inputObjectType: type.name,
              },
            },
          ),
        );
      }
    },
  };
}
