/** A log that cannot be replayed: names the line of the file (1 is the header) and the reason. */
export class ReplayError extends Error {
  constructor(
    readonly line: number,
    readonly reason: string,
  ) {
    super(`line ${line}: ${reason}`);
    this.name = "ReplayError";
  }
}
