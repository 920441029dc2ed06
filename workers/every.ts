import type { Logger } from "~/lib/logger.server";

/**
 * Runs a task again and again, `ms` after the end of the run before, never twice at once. A run
 * that fails is logged and the next one comes all the same. Answers how to stop: no run begins
 * after that, and one that runs is waited for.
 */
export function every(
  ms: number,
  name: string,
  log: Logger,
  task: () => Promise<unknown>,
): () => Promise<void> {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const run = async (): Promise<void> => {
    try {
      await task();
    } catch (error) {
      log.warn({ err: error, task: name }, "A recurring task failed; it runs again");
    }
    if (!stopped) timer = setTimeout(start, ms);
  };
  let running: Promise<void> = Promise.resolve();
  const start = () => {
    running = run();
  };
  start();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await running;
  };
}
