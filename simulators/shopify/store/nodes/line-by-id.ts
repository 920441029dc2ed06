import type { LineRecord } from "../records";
import type { PlainNode } from "../types";
import type { NodeContext } from "./context";
import { lineReference } from "./line-product";

function findLine(context: NodeContext, lineId: number): LineRecord | undefined {
  return context.record.lines.find((line) => line.id === lineId);
}

export function lineReferenceById(context: NodeContext, lineId: number): PlainNode | null {
  const line = findLine(context, lineId);
  return line ? lineReference(line) : null;
}

export function unitPrice(context: NodeContext, lineId: number): number {
  return findLine(context, lineId)?.unitPrice ?? 0;
}
