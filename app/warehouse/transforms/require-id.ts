import { DefectError } from "~/lib/errors";
import { numericId } from "~/lib/shopify-ids";

/** The number of a global id that a row cannot be without. */
export function requireId(gid: string): string {
  const id = numericId(gid);
  if (id === null) throw new DefectError(`Not a global id: ${gid}`, { code: "BAD_GLOBAL_ID" });
  return id;
}

/** The number of what a document points at; null where it points at nothing. */
export function idOf(
  reference: { id?: string | null | undefined } | null | undefined,
): string | null {
  return reference?.id ? numericId(reference.id) : null;
}
