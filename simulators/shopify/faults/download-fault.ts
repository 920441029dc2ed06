import { readFile } from "node:fs/promises";
import type { Response } from "express";
import type { Fault } from "./book";

/**
 * Sends a result file that breaks: cut in the middle of a line though `Content-Length` promises the
 * whole, or whole in length with a stretch of bytes that is no JSON.
 */
export async function sendBroken(fault: Fault, file: string, response: Response): Promise<void> {
  const whole = await readFile(file);
  const middle = Math.floor(whole.length / 2);
  response.setHeader("Content-Length", whole.length);
  if (fault.kind === "download_cut") {
    response.write(whole.subarray(0, middle), () => response.destroy());
    return;
  }
  whole.fill(0, middle, Math.min(whole.length, middle + 16));
  response.end(whole);
}
