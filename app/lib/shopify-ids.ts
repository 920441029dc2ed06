const TRAILING_NUMBER = /\/(\d+)(?:\?.*)?$/;

/** The number at the end of a global id, as a string: ids exceed 2^53. Null for anything else. */
export function numericId(gid: string): string | null {
  return TRAILING_NUMBER.exec(gid)?.[1] ?? null;
}

/** The global id of an order, from its number. */
export function orderGid(id: string): string {
  return `gid://shopify/Order/${id}`;
}
