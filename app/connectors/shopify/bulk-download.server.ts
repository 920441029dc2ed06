import { RetryableError } from "~/lib/errors";

interface DownloadOptions {
  /** The operation's signed address: it needs no Shopify header, and must get no token. */
  url: string;
  /** Bytes that the file must have; null when Shopify did not say. */
  fileSize: number | null;
  fetch: typeof fetch;
  signal?: AbortSignal;
}

const NEWLINE = 0x0a;
const TASK = "bulk_download";

/**
 * The lines of a bulk result file, in batches as they arrive: never the whole file in memory. A
 * file that ends early, or has another length than announced, is a RetryableError
 * `BULK_DOWNLOAD_CUT`, and its last batches must not be kept.
 */
export async function* downloadBulkLines(options: DownloadOptions): AsyncGenerator<string[]> {
  const body = await open(options);
  let rest: Buffer = Buffer.alloc(0);
  let bytes = 0;
  try {
    for await (const chunk of body) {
      bytes += chunk.length;
      const joined = rest.length > 0 ? Buffer.concat([rest, chunk]) : Buffer.from(chunk);
      const end = joined.lastIndexOf(NEWLINE);
      if (end < 0) {
        rest = joined;
        continue;
      }
      yield joined.toString("utf8", 0, end).split("\n");
      rest = joined.subarray(end + 1);
    }
  } catch (cause) {
    options.signal?.throwIfAborted();
    throw cut(`it broke off after ${bytes} bytes`, cause);
  }
  if (options.fileSize !== null && bytes !== options.fileSize) {
    throw cut(`${bytes} bytes came of ${options.fileSize}`);
  }
  if (rest.length > 0) yield [rest.toString("utf8")];
}

async function open({
  url,
  fetch: get,
  signal,
}: DownloadOptions): Promise<AsyncGenerator<Uint8Array>> {
  const response = await get(url, signal ? { signal } : {}).catch((cause: unknown) => {
    signal?.throwIfAborted();
    throw cut("it could not be opened", cause);
  });
  if (response.ok && response.body) return chunksOf(response.body);
  await response.body?.cancel();
  const code = response.status === 403 || response.status === 404 ? "BULK_EXPIRED" : undefined;
  throw new RetryableError(`The bulk file's store answered ${response.status}.`, {
    code: code ?? "BULK_DOWNLOAD_REFUSED",
    task: TASK,
  });
}

/** The web streams of the browser's types and of Node's agree in this much alone. */
async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function cut(detail: string, cause?: unknown): RetryableError {
  return new RetryableError(`The download of a bulk file was cut: ${detail}.`, {
    code: "BULK_DOWNLOAD_CUT",
    task: TASK,
    cause,
  });
}
