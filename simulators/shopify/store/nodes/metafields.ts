import { gid } from "../ids";
import type { MetafieldRecord } from "../records-extra";
import type { PlainNode } from "../types";

/** Metafields of an owner; ids follow from the owner's, so that nothing need be remembered. */
export function metafieldNodes(
  owner: { type: "ORDER" | "PRODUCT"; id: number; createdAt: string; updatedAt: string },
  fields: MetafieldRecord[],
): PlainNode[] {
  return fields.map((field, position) => {
    const id = owner.id * 8 + position;
    return {
      __typename: "Metafield",
      id: gid("Metafield", id),
      legacyResourceId: String(id),
      namespace: field.namespace,
      key: field.key,
      type: field.type,
      value: field.value,
      jsonValue: field.type.startsWith("number") ? Number(field.value) : field.value,
      compareDigest: `${id}:${field.value}`,
      ownerType: owner.type,
      createdAt: owner.createdAt,
      updatedAt: owner.updatedAt,
      definition: null,
      reference: null,
    };
  });
}
