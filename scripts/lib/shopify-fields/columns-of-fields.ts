import { getNamedType } from "graphql";
import { DETAIL_CHILDREN, ORDER_CHILDREN, ORDERS } from "~/warehouse/facts/tables";
import { type OrderFacts, transformOrder } from "~/warehouse/transforms/transform-order";
import type { SelectedField, Shape } from "./selected-shape";

/**
 * Which columns each field ends in, found out by the transform itself: an order is made that holds
 * every selected field once, then one value after another is changed, and what changes in the rows
 * is where that value goes. Keys are `Type.field`, of the leaf and of what it hangs on.
 */
export function columnsOfFields(order: Shape): Map<string, Set<string>> {
  const leaves: Leaf[] = [];
  const [document] = objectsOf(order, [], leaves);
  if (!document) throw new Error("nothing is selected of an order");
  const before = cellsOf(transformOrder(document));
  const found = new Map<string, Set<string>>();
  for (const { trail, change, restore } of leaves) {
    change();
    const changed = differences(before, cellsOf(transformOrder(document)));
    restore();
    for (const field of trail) {
      const columns = found.get(field) ?? new Set();
      for (const column of changed) columns.add(column);
      found.set(field, columns);
    }
  }
  return found;
}

interface Leaf {
  trail: readonly string[];
  change(): void;
  restore(): void;
}

/** One object for every concrete type, each field with a value. */
function objectsOf(
  shape: Shape,
  trail: readonly string[],
  leaves: Leaf[],
): Array<Record<string, unknown>> {
  return [...shape].map(([typeName, fields], position) => {
    const object: Record<string, unknown> = { __typename: typeName };
    for (const [name, field] of fields) {
      const own = [...trail, `${typeName}.${name}`];
      if (field.below) {
        const objects = objectsOf(field.below, own, leaves);
        // One of several types: another one in each object beside this one.
        object[name] = field.isList ? objects : objects[position % objects.length];
        continue;
      }
      const [first, second] = values(field, leaves.length);
      const wrap = (value: unknown) => (field.isList ? [value] : value);
      object[name] = wrap(first);
      leaves.push({
        trail: own,
        change: () => {
          object[name] = wrap(second);
        },
        restore: () => {
          object[name] = wrap(first);
        },
      });
    }
    return object;
  });
}

/** Two values that the field could have, the first of its own. */
function values({ type }: SelectedField, n: number): [unknown, unknown] {
  const { name } = getNamedType(type);
  switch (name) {
    case "ID":
      return [`gid://shopify/Thing/${1000 + n}`, `gid://shopify/Thing/${9000 + n}`];
    case "Boolean":
      return [true, false];
    case "Int":
    case "Float":
      return [n, n + 5000];
    case "Decimal":
    case "Money":
      return [`${n}.00`, `${n + 5000}.00`];
    case "UnsignedInt64":
      return [`${n}`, `${n + 5000}`];
    case "DateTime":
      return ["2026-01-01T00:00:00Z", "2026-02-02T00:00:00Z"];
    case "RiskAssessmentResult":
      return ["LOW", "HIGH"];
    default:
      return [`value ${n}`, `other ${n}`];
  }
}

type Cells = Map<string, unknown>;

/** Every cell of the facts, under `table.column`; children side by side. */
function cellsOf(facts: OrderFacts): Cells {
  const cells: Cells = new Map();
  const add = (table: string, rows: readonly object[]) => {
    for (const row of rows) {
      for (const [column, value] of Object.entries(row)) {
        const key = `${table.replace("core_warehouse.", "")}.${column}`;
        cells.set(key, `${cells.get(key) ?? ""}|${JSON.stringify(value)}`);
      }
    }
  };
  add(ORDERS.name, [facts.order]);
  const children = { ...ORDER_CHILDREN, ...DETAIL_CHILDREN };
  for (const name of Object.keys(children) as Array<keyof typeof children>) {
    add(children[name].name, facts[name] ?? []);
  }
  return cells;
}

function differences(before: Cells, after: Cells): string[] {
  return [...before].flatMap(([key, value]) => (after.get(key) === value ? [] : [key]));
}
