import { DefectError } from "~/lib/errors";

/** The sizes that fitted, by document: every shop has the same limit for a single query. */
const found = new Map<string, number>();

/**
 * Reads with the largest size that Shopify's single query limit allows: halves it whenever Shopify
 * answers that a query costs too much, and throws when even one is too much. What was found for a
 * document serves every later reader of this process.
 */
export function createShrinking(document: string, largest: number): Shrinking {
  return async (read) => {
    for (;;) {
      const size = Math.min(largest, found.get(document) ?? largest);
      try {
        return await read(size);
      } catch (error) {
        const tooDear = error instanceof DefectError && error.code === "SHOPIFY_MAX_COST";
        if (!tooDear || size === 1) throw error;
        found.set(document, Math.ceil(size / 2));
      }
    }
  };
}

/** Runs a read with the size that fits. */
export type Shrinking = <T>(read: (size: number) => Promise<T>) => Promise<T>;

/** The answers for all ids, some ids at a time. */
export async function* inBatches<T>(
  ids: readonly string[],
  shrinking: Shrinking,
  read: (ids: readonly string[]) => Promise<T>,
): AsyncGenerator<T> {
  for (let start = 0; start < ids.length; ) {
    const { answer, step } = await shrinking(async (size) => ({
      answer: await read(ids.slice(start, start + size)),
      step: size,
    }));
    yield answer;
    start += step;
  }
}
