import {
  type ASTNode,
  type ASTVisitor,
  GraphQLError,
  getNamedType,
  isLeafType,
  type ValidationContext,
} from "graphql";
import { validationPath } from "./validation-path";
import { report } from "./validation-report";

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
