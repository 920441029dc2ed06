import { createHash } from "node:crypto";
import type { Response } from "express";

/** JSON as Meta writes it: `\/` for slashes, `\u00e9` for what is not ASCII. */
export function graphJson(value: unknown): string {
  return JSON.stringify(value)
    .replace(/\//g, "\\/")
    .replace(
      /[\u0080-\uffff]/g,
      (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
}

/** The headers of a Graph answer in their recorded forms. */
export function graphHeaders(text: string, version: string): Record<string, string> {
  return {
    Expires: "Sat, 01 Jan 2000 00:00:00 GMT",
    "Cache-Control": "private, no-cache, no-store, must-revalidate",
    Pragma: "no-cache",
    "Facebook-API-Version": version,
    "Content-Type": "text/javascript; charset=UTF-8",
    ETag: `"${createHash("sha1").update(text).digest("hex")}"`,
  };
}

/** Sends an answer; with `cut` the connection ends in its middle. */
export function sendGraph(
  response: Response,
  answer: {
    status: number;
    body: unknown;
    version: string;
    headers: Record<string, string>;
    cut: boolean;
  },
): void {
  const text = graphJson(answer.body);
  response.status(answer.status);
  for (const [name, value] of Object.entries({
    ...graphHeaders(text, answer.version),
    ...answer.headers,
    "Content-Length": String(Buffer.byteLength(text)),
  })) {
    response.setHeader(name, value);
  }
  if (!answer.cut) {
    response.end(text);
    return;
  }
  response.write(text.slice(0, Math.floor(text.length / 2)), () => response.destroy());
}
