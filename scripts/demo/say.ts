/** For the person at the terminal: stderr, so that stdout holds nothing but the result. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Writes `line` over the last one on a terminal; elsewhere (a log) each one stands. */
export function sayProgress(line: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[2K${line}`);
  else process.stderr.write(`${line}\n`);
}
