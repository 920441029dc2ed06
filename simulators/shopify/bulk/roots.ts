import { valueFromASTUntyped } from "graphql";
import type { KnownShop, SimulatorContext } from "../context";
import { demandAccess, visibleOrders } from "../graphql/access";
import { fieldByArguments } from "../graphql/arguments";
import { findNodes, findOrders, type ListArguments } from "../graphql/collections";
import { readDocument } from "../graphql/document";
import { demandFields, notApproved } from "../graphql/field-access";
import { isListName } from "../graphql/lists";
import { isConnection } from "../graphql/schema";
import { isCustomerRoot, isPersonalField, protectedDataLevel } from "../protected-data";
import type { PlainNode } from "../store/types";
import { planConnection } from "./plan";
import type { BulkOperationRecord } from "./record";
import { type FieldReader, lineWriter, NotHeldError } from "./write-lines";

/** Roots written before any of their children, when the result is not grouped. */
const WINDOW = 25;

export interface WrittenWindow {
  lines: string[];
  roots: number;
}

/** The lines of a bulk query, a window of roots at a time. Throws ACCESS_DENIED without the scope. */
export function* rootsOf(
  context: SimulatorContext,
  shop: KnownShop,
  record: BulkOperationRecord,
): Generator<WrittenWindow> {
  const parsed = readDocument(context.schema, record.query, null);
  const root = context.schema.getQueryType();
  if (Array.isArray(parsed) || !root)
    throw new Error("A query that was accepted is no longer valid");
  for (const field of parsed.operation.selectionSet.selections) {
    const name = field.kind === "Field" ? field.name.value : "";
    const definition = root.getFields()[name];
    if (field.kind !== "Field" || !definition || !isConnection(definition.type)) {
      throw new NotHeldError(`bulk queries over the root field ${name}`);
    }
    demandAccess(name, record.scopes);
    if (protectedDataLevel(shop.state) === 0 && isCustomerRoot(name)) {
      throw notApproved(`access the ${name} field`);
    }
    demandFields(
      { schema: context.schema, fragments: parsed.fragments },
      field,
      root,
      record.scopes,
    );
    const plan = planConnection(
      { schema: context.schema, fragments: parsed.fragments },
      field,
      root,
    );
    const writer = lineWriter(readerOf(shop), plan, record.groupObjects);
    const args: Record<string, unknown> = {};
    for (const argument of field.arguments ?? []) {
      args[argument.name.value] = valueFromASTUntyped(argument.value);
    }
    let window: PlainNode[] = [];
    let seen = 0;
    for (const node of rootNodes(context, shop, record, name, args)) {
      seen += 1;
      // A store that holds more than it delivers: every second root is left out.
      if (record.fault?.kind === "bulk_roots_missing" && seen % 2 === 0) continue;
      window.push(node);
      if (window.length < WINDOW) continue;
      yield { lines: writer.window(window), roots: window.length };
      window = [];
    }
    if (window.length > 0) yield { lines: writer.window(window), roots: window.length };
  }
}

/** Reads fields for a result file; personal ones are null where the app was not approved for them. */
function readerOf(shop: KnownShop): FieldReader {
  const whole = protectedDataLevel(shop.state) === 2;
  return {
    field(node, name, args) {
      const type = String(Reflect.get(node, "__typename"));
      if (!whole && isPersonalField(type, name)) return null;
      const byArguments = args ? fieldByArguments(shop.data, node, name, args) : undefined;
      return byArguments === undefined ? shop.data.field(node, name) : byArguments;
    },
  };
}

function* rootNodes(
  context: SimulatorContext,
  shop: KnownShop,
  record: BulkOperationRecord,
  name: string,
  args: ListArguments,
): Generator<PlainNode> {
  if (name === "orders") {
    const visible = visibleOrders(record.scopes, context.now());
    for (const head of findOrders(shop.data, args, visible).items) {
      const node = shop.data.order(head.id);
      if (node) yield node;
    }
    return;
  }
  if (!isListName(name)) throw new NotHeldError(`bulk queries over the root field ${name}`);
  yield* findNodes(shop.data.store, args, name).items;
}
