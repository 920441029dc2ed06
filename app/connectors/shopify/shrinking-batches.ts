import { DefectError } from "~/lib/errors";

/**
 * Reads with the largest size that the shop's single query limit allows: halves it whenever Shopify
 * answers that a query costs too much, and throws when even one is too much.
 */
export function createShrinking(largest: number): Shrinking {
  let size = largest;
  return async (read) => {
    for (;;) {
      try {
        return await read(size);
      } catch (error) {
        const tooDear = error instanceof DefectError && error.code === "SHOPIFY_MAX_COST";
        if (!tooDear || size === 1) throw error;
        size = Math.ceil(size / 2);
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
