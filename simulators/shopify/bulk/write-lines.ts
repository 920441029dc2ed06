import type { PlainNode } from "../store/types";
import { jsonText } from "./json-text";
import type { ConnectionPlan, FieldPlan, ReadPlan } from "./plan";

/** Reads a field of a node; undefined when the store does not hold it. */
export interface FieldReader {
  field(node: object, name: string, args?: Record<string, unknown> | null): unknown;
}

/** Thrown when the store lacks a field that the query asks for. */
export class NotHeldError extends Error {}

interface Pending {
  node: PlainNode;
  plan: ReadPlan;
}

export interface LineWriter {
  /** Lines of a window of roots with all that hangs below them. */
  window(roots: PlainNode[]): string[];
}

/**
 * Turns roots into the lines of a result file. Grouped, a node's children follow it at once;
 * otherwise the roots of a window come first, then their children connection by connection: after
 * their parent, not beside it, as Shopify warns that it may be.
 */
export function lineWriter(data: FieldReader, plan: ReadPlan, grouped: boolean): LineWriter {
  return {
    window(roots) {
      const lines: string[] = [];
      if (grouped) {
        for (const node of roots) writeGrouped(data, { node, plan }, null, lines);
      } else {
        writeApart(data, roots, plan, lines);
      }
      return lines;
    },
  };
}

function writeGrouped(
  data: FieldReader,
  { node, plan }: Pending,
  parentId: string | null,
  lines: string[],
): void {
  lines.push(line(data, node, plan, parentId));
  for (const connection of plan.connections) {
    for (const child of childrenOf(data, node, connection)) {
      writeGrouped(data, { node: child, plan: connection.nodes }, idOf(node), lines);
    }
  }
}

function writeApart(data: FieldReader, roots: PlainNode[], plan: ReadPlan, lines: string[]): void {
  let level: { node: PlainNode; parentId: string | null; plan: ReadPlan }[] = roots.map((node) => ({
    node,
    parentId: null,
    plan,
  }));
  while (level.length > 0) {
    const next: typeof level = [];
    for (const { node, parentId, plan: own } of level) {
      lines.push(line(data, node, own, parentId));
    }
    const depth = Math.max(...level.map((item) => item.plan.connections.length));
    for (let index = 0; index < depth; index += 1) {
      for (const item of level) {
        const connection = item.plan.connections[index];
        if (!connection) continue;
        for (const child of childrenOf(data, item.node, connection)) {
          next.push({ node: child, parentId: idOf(item.node), plan: connection.nodes });
        }
      }
    }
    level = next;
  }
}

function childrenOf(data: FieldReader, node: PlainNode, connection: ConnectionPlan): PlainNode[] {
  if (!isSelected(connection.only, node)) return [];
  const held = data.field(node, connection.name);
  if (held === null) return [];
  if (!Array.isArray(held)) throw missing(node, connection.name);
  return held;
}

function idOf(node: PlainNode): string | null {
  return typeof node.id === "string" ? node.id : null;
}

function line(data: FieldReader, node: PlainNode, plan: ReadPlan, parentId: string | null): string {
  const text = objectText(data, node, plan);
  if (parentId === null) return `${text}\n`;
  const head = text === "{}" ? "{" : `${text.slice(0, -1)},`;
  return `${head}"__parentId":${jsonText(parentId)}}\n`;
}

function objectText(data: FieldReader, node: PlainNode, plan: ReadPlan): string {
  let text = "{";
  for (const field of plan.fields) {
    if (!isSelected(field.only, node)) continue;
    if (text.length > 1) text += ",";
    text += field.prefix + valueText(data, node, field);
  }
  return `${text}}`;
}

function valueText(data: FieldReader, node: PlainNode, field: FieldPlan): string {
  if (field.typeName) return jsonText(field.typeName);
  const value = data.field(node, field.name, field.args);
  if (value === undefined) throw missing(node, field.name);
  if (value === null || !field.below) return jsonText(value);
  const below = field.below;
  if (!Array.isArray(value)) return objectText(data, value as PlainNode, below);
  const items = value.map((item) => (item === null ? "null" : objectText(data, item, below)));
  return `[${items.join(",")}]`;
}

function isSelected(only: Set<string> | null, node: PlainNode): boolean {
  return only === null || (typeof node.__typename === "string" && only.has(node.__typename));
}

function missing(node: PlainNode, field: string): NotHeldError {
  return new NotHeldError(
    `The stand-in does not hold ${String(node.__typename ?? "object")}.${field}`,
  );
}
