import {
  type ASTNode,
  type ASTVisitor,
  GraphQLError,
  getNamedType,
  isLeafType,
  isNonNullType,
  isRequiredArgument,
  type ValidationContext,
} from "graphql";
import { type Ancestors, validationPath } from "./validation-path";

/** Reports an error of validation in Shopify's form (texts of shopify-recorded/graphql_errors.jsonl). */
function report(
  context: ValidationContext,
  node: ASTNode,
  ancestors: Ancestors,
  message: string,
  extensions: Record<string, unknown>,
): void {
  const path = validationPath(ancestors, node);
  context.reportError(new GraphQLError(message, { nodes: node, path, extensions }));
}

export function knownFields(context: ValidationContext): ASTVisitor {
  return {
    Field(node, _key, _parent, _path, ancestors) {
      const type = context.getParentType();
      if (!type || context.getFieldDef()) return;
      const fieldName = node.name.value;
      report(
        context,
        node,
        ancestors,
        `Field '${fieldName}' doesn't exist on type '${type.name}'`,
        {
          code: "undefinedField",
          typeName: type.name,
          fieldName,
        },
      );
    },
  };
}

export function leafSelections(context: ValidationContext): ASTVisitor {
  return {
    Field(node, _key, _parent, _path, ancestors) {
      const type = context.getType();
      if (!type) return;
      const named = getNamedType(type);
      const name = node.name.value;
      const isLeaf = isLeafType(named);
      if (isLeaf === !node.selectionSet) return;
      const text = isLeaf
        ? `Selections can't be made on ${isLeaf ? "scalars" : "objects"} (field '${name}' returns ${named.name} but has selections [${selected(node.selectionSet?.selections ?? [])}])`
        : `Field must have selections (field '${name}' returns ${named.name} but has no selections. Did you mean '${name} { ... }'?)`;
      report(context, node, ancestors, text, {
        code: "selectionMismatch",
        nodeName: `field '${name}'`,
        typeName: named.name,
      });
    },
  };
}

function selected(selections: readonly ASTNode[]): string {
  return selections
    .map((node) => ("name" in node && node.name ? `"${node.name.value}"` : "..."))
    .join(", ");
}

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
    ObjectValue(node, _key, _parent, _path, ancestors) {
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
              path: [...validationPath(ancestors, node), field.name],
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

export function usedVariables(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition(node) {
      const used = context.getRecursiveVariableUsages(node).map((usage) => usage.node.name.value);
      for (const definition of node.variableDefinitions ?? []) {
        const variableName = definition.variable.name.value;
        if (used.includes(variableName)) continue;
        const operation = node.name?.value ?? `anonymous ${node.operation}`;
        context.reportError(
          new GraphQLError(`Variable $${variableName} is declared by ${operation} but not used`, {
            nodes: node,
            path: validationPath([], node),
            extensions: { code: "variableNotUsed", variableName },
          }),
        );
      }
    },
  };
}

export function knownDirectives(context: ValidationContext): ASTVisitor {
  return {
    Directive(node, _key, _parent, _path, ancestors) {
      const directiveName = node.name.value;
      if (context.getSchema().getDirective(directiveName)) return;
      report(context, node, ancestors, `Directive @${directiveName} is not defined`, {
        code: "undefinedDirective",
        directiveName,
      });
    },
  };
}
