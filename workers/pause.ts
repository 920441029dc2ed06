import { setTimeout as delay } from "node:timers/promises";

/** Waits; an aborted signal ends the wait with its reason. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  try {
    await delay(ms, undefined, signal ? { signal } : {});
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}
