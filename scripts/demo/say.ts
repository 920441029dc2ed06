/** For the person at the terminal: stderr, so that stdout holds nothing but the result. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

let shown = "";

/** Writes over the last line on a terminal; elsewhere (a log) a line stands for each new `what`. */
export function sayProgress(what: string, since: number): void {
  const line = `  ${since.toFixed(0).padStart(3)} s  ${what}`;
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[2K${line}`);
  else if (what !== shown) process.stderr.write(`${line}\n`);
  shown = what;
}
