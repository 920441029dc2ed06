import { PassThrough } from "node:stream";
import {
  type AppLoadContext,
  createReadableStreamFromReadable,
  type EntryContext,
} from "@remix-run/node";
import { RemixServer } from "@remix-run/react";
import { renderToPipeableStream } from "react-dom/server";
import { addFrameHeaders } from "~/auth.server";
import { stopApp } from "~/commands/stop-app.server";

/** Longer than any honest page; then React gives up what has not come and the browser asks again. */
const RENDER_TIMEOUT_MS = 10_000;

export const streamTimeout = RENDER_TIMEOUT_MS - 1_000;

export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  { log }: AppLoadContext,
): Promise<Response> {
  addFrameHeaders(request, headers);
  headers.set("Content-Type", "text/html; charset=utf-8");
  // Documents carry a shop's figures and a session token in their address.
  headers.set("Cache-Control", "no-store");
  headers.set("Referrer-Policy", "no-referrer");
  return new Promise((resolve, reject) => {
    let statusCode = status;
    const { pipe, abort } = renderToPipeableStream(
      <RemixServer context={remixContext} url={request.url} />,
      {
        onShellReady() {
          const body = new PassThrough();
          const stream = createReadableStreamFromReadable(body);
          resolve(new Response(stream, { headers, status: statusCode }));
          pipe(body);
        },
        onShellError: reject,
        onError(error) {
          statusCode = 500;
          log.error({ err: error }, "rendering failed");
        },
      },
    );
    setTimeout(abort, RENDER_TIMEOUT_MS).unref();
  });
}

export function handleError(
  error: unknown,
  { request, context }: { request: Request; context: AppLoadContext },
) {
  if (!request.signal.aborted) context.log.error({ err: error }, "request failed");
}

/** Called by the server when it stops, after the last request has been answered. */
export const stop = stopApp;
