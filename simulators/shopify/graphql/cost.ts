import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isObjectType,
  type OperationDefinitionNode,
  type SelectionSetNode,
  valueFromASTUntyped,
} from "graphql";
import { isConnection } from "./schema";
import { definitionOf, fieldsOf } from "./selections";

/** Values that cost nothing by themselves, as measured on recorded answers. */
const FREE = new Set([
  "MoneyV2",
  "MoneyBag",
  "MailingAddress",
  "PageInfo",
  "UserError",
  "CustomerEmailMarketingConsentState",
  "CustomerSmsMarketingConsentState",
]);
const MUTATION = 10;
const COUNT = 10;

export interface CostInput {
  schema: GraphQLSchema;
  operation: OperationDefinitionNode;
  fragments: Record<string, FragmentDefinitionNode>;
  variables: Record<string, unknown>;
}

/**
 * The points of a query. Shopify does not publish the formula; this one gives the recorded
 * `requestedQueryCost` of the answers in shopify-recorded: an object 1, a count 10, a mutation 10,
 * a connection 2 and, for its nodes, 2·ln(size), rounded down and at least 1, times what one costs.
 */
export function requestedCost(input: CostInput): number {
  return operationCost(input, undefined);
}

/** The points of what was really returned: lists count by what they hold. */
export function actualCost(input: CostInput, data: unknown): number {
  return operationCost(input, data ?? null);
}

function operationCost(input: CostInput, data: unknown): number {
  const { schema, operation } = input;
  if (operation.operation === "mutation") {
    const fields = operation.selectionSet.selections.length;
    const inner = payloadCost(input, data);
    return MUTATION * fields + inner;
  }
  const root = schema.getQueryType();
  return root ? selectionCost(input, operation.selectionSet, root, data) : 0;
}

/** A mutation's payload objects are in its 10 points; what hangs below them is not. */
function payloadCost(input: CostInput, data: unknown): number {
  const root = input.schema.getMutationType();
  if (!root) return 0;
  let sum = 0;
  for (const field of fieldsOf(input, input.operation.selectionSet, root)) {
    const payload = getNamedType(root.getFields()[field.node.name.value]?.type);
    if (!field.node.selectionSet || !isObjectType(payload)) continue;
    const held = child(data, field.node);
    for (const inner of fieldsOf(input, field.node.selectionSet, payload)) {
      const type = getNamedType(payload.getFields()[inner.node.name.value]?.type);
      if (!inner.node.selectionSet || !isCompositeType(type)) continue;
      const value = child(held, inner.node);
      if (value !== null) sum += selectionCost(input, inner.node.selectionSet, type, value);
    }
  }
  return sum;
}

function selectionCost(
  input: CostInput,
  selection: SelectionSetNode,
  type: GraphQLCompositeType,
  data: unknown,
): number {
  let sum = 0;
  for (const { node, parent } of fieldsOf(input, selection, type)) {
    const field = definitionOf(parent, node.name.value);
    const named = field && getNamedType(field.type);
    if (!node.selectionSet || !named || !isCompositeType(named)) continue;
    const value = child(data, node);
    if (isConnection(named)) {
      sum += connectionCost(input, node, named, value);
      continue;
    }
    const own =
      named.name !== "Count" ? (FREE.has(named.name) ? 0 : 1) : isRoot(input, parent) ? COUNT : 1;
    const first: unknown = Array.isArray(value) ? value[0] : value;
    const isGone = value === null || first === null || (Array.isArray(value) && value.length === 0);
    sum += own + (isGone ? 0 : selectionCost(input, node.selectionSet, named, first));
  }
  return sum;
}

function connectionCost(
  input: CostInput,
  node: FieldNode,
  type: GraphQLCompositeType,
  value: unknown,
): number {
  if (!node.selectionSet || value === null) return 2;
  const asked = pageSize(input, node);
  let cost = 2;
  for (const part of fieldsOf(input, node.selectionSet, type)) {
    const name = part.node.name.value;
    if ((name !== "nodes" && name !== "edges") || !part.node.selectionSet) continue;
    const held = child(value, part.node);
    const count = Array.isArray(held) ? held.length : asked;
    if (name === "edges" && count === 0 && held !== undefined) continue;
    const itemType = edgeOrNode(type, name);
    // Recorded: an empty `nodes` costs what was asked for, an empty `edges` nothing.
    const sample: unknown = Array.isArray(held) ? held[0] : undefined;
    const perItem =
      itemType && count > 0 ? selectionCost(input, part.node.selectionSet, itemType, sample) : 0;
    const item = name === "nodes" ? 1 + perItem : perItem;
    cost += sizeFactor(count === 0 ? asked : count) * item;
  }
  return Math.floor(cost + 1e-9);
}

function edgeOrNode(type: GraphQLCompositeType, name: string): GraphQLCompositeType | null {
  const field = isObjectType(type) ? type.getFields()[name] : undefined;
  const named = field && getNamedType(field.type);
  return named && isCompositeType(named) ? named : null;
}

function pageSize(input: CostInput, node: FieldNode): number {
  const argument = node.arguments?.find((arg) => ["first", "last"].includes(arg.name.value));
  const value = argument && valueFromASTUntyped(argument.value, input.variables);
  return typeof value === "number" ? Math.max(1, value) : 1;
}

/** Undefined while nothing was returned yet (the requested cost), null for a null. */
function child(data: unknown, node: FieldNode): unknown {
  if (data === undefined) return undefined;
  if (data === null || typeof data !== "object") return null;
  const value: unknown = Reflect.get(data, node.alias?.value ?? node.name.value);
  return value === undefined ? null : value;
}

/** Only a count asked for at the top costs ten points. */
function isRoot(input: CostInput, parent: GraphQLCompositeType): boolean {
  return parent === input.schema.getQueryType();
}

/** What a list of this size costs more than one item: it grows with the logarithm. */
function sizeFactor(size: number): number {
  return Math.max(1, Math.floor(2 * Math.log(size)));
}
