import { ThrottledError } from "~/lib/errors";

/** The longest that one request waits altogether: longer, and a worker has better things to do. */
const PATIENCE_MS = 5_000;

interface PatienceOptions {
  sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  signal: AbortSignal | undefined;
  task: string;
}

/** What a request may still wait because Shopify wants it to. */
export class Patience {
  private waitedMs = 0;

  constructor(private readonly options: PatienceOptions) {}

  get leftMs(): number {
    return PATIENCE_MS - this.waitedMs;
  }

  /**
   * Waits, at most `atMost`, for something that takes `ms`. Throws ThrottledError `code` at once
   * where that is longer than what is left.
   */
  async wait(ms: number, code: string, atMost = ms): Promise<void> {
    if (ms > this.leftMs) {
      throw new ThrottledError(
        "Shopify allows this shop no more calls at the moment; the work goes on a little later.",
        { code, task: this.options.task, retryAfterMs: ms },
      );
    }
    const slice = Math.min(ms, atMost);
    this.waitedMs += slice;
    await this.options.sleep(slice, this.options.signal);
  }
}
