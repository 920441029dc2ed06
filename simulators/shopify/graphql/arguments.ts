import type { ShopData } from "../shop-data";
import type { PlainNode } from "../store/types";
import { numberOfGid } from "./connections";
import { LISTS } from "./lists";

type Arguments = Record<string, unknown>;

/**
 * Fields whose value depends on their arguments, read off the plain lists that a node holds.
 * Undefined for every other field.
 */
export function fieldByArguments(
  data: ShopData,
  source: object,
  field: string,
  args: Arguments,
): unknown {
  const held = (name: string) => nodes(data.field(source, name));
  switch (field) {
    case "metafield":
      return (
        held("metafields").find(
          (one) => one.key === args.key && one.namespace === (args.namespace ?? one.namespace),
        ) ?? null
      );
    case "metafields":
      return held("metafields").filter((one) => isAskedFor(one, args));
    case "quantities":
      return held("quantities").filter((one) => names(args.names).includes(String(one.name)));
    case "inventoryLevel":
      return (
        held("inventoryLevels").find(
          (one) => numberOfGid(one.id) === numberOfGid(args.locationId),
        ) ?? null
      );
    case "inventoryLevels":
      return Reflect.get(source, "__typename") === "Location"
        ? levelsAt(data, Reflect.get(source, "id"))
        : undefined;
    default:
      return undefined;
  }
}

function isAskedFor(metafield: PlainNode, args: Arguments): boolean {
  const keys = names(args.keys);
  const full = `${metafield.namespace}.${metafield.key}`;
  return (
    (args.namespace == null || metafield.namespace === args.namespace) &&
    (keys.length === 0 || keys.includes(full) || keys.includes(String(metafield.key)))
  );
}

function levelsAt(data: ShopData, locationId: unknown): PlainNode[] {
  const place = numberOfGid(locationId);
  return LISTS.inventoryItems
    .nodes(data.store)
    .flatMap((item) => nodes(item.inventoryLevels))
    .filter((level) => numberOfGid(level.id) === place);
}

function names(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function nodes(value: unknown): PlainNode[] {
  return Array.isArray(value) ? value : [];
}
