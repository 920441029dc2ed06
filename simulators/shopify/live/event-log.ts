import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { StoreEvent } from "./events";

/** What happened to one store since it was made: a line an event, only ever added to. */
export class EventLog {
  private readonly file: string;

  constructor(stateDir: string, domain: string) {
    this.file = join(stateDir, `events-${domain}.jsonl`);
  }

  /** Events in the order in which they happened; a last line cut by a crash is left out. */
  read(): StoreEvent[] {
    if (!existsSync(this.file)) return [];
    const lines = readFileSync(this.file, "utf8").split("\n");
    lines.pop();
    return lines.map((line) => JSON.parse(line));
  }

  add(event: StoreEvent): void {
    appendFileSync(this.file, `${JSON.stringify(event)}\n`);
  }
}
