import { setTimeout as sleep } from "node:timers/promises";

const READY_WITHIN_MS = 180_000;

/** Resolves when `url` answers 2xx; rejects with what it said last when it never does. */
export async function answers(url: string): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  let last = "nothing";
  while (Date.now() < deadline) {
    last = await attempt(url);
    if (last === "ok") return;
    await sleep(150);
  }
  throw new Error(`${url} was not ready within ${READY_WITHIN_MS / 1000} s; it said: ${last}`);
}

async function attempt(url: string): Promise<string> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    return response.ok ? "ok" : `${response.status} ${(await response.text()).slice(0, 300)}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
