import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { LoginCode, Token } from "./access/token-types";
import type { AdAccountOptions } from "./options";

/** A change somebody made to an object; the newest of a field counts. Instants: epoch milliseconds. */
export interface WrittenChange {
  id: string;
  at: number;
  fields: Record<string, string>;
}

/** An object that somebody created or copied. `written` holds what can be changed later, as it began. */
export interface MadeObject {
  accountId: string;
  kind: "campaign" | "adset" | "ad" | "creative";
  id: string;
  at: number;
  /** The campaign of an ad set, the ad set of an ad. */
  parentId: string | null;
  /** What an ad shows. */
  creativeId: string | null;
  written: Record<string, string>;
  /** Every other field as it reads. */
  shown: Record<string, unknown>;
}

/** An asynchronous report: what was asked, as of when, and how it goes (machine's clock). */
export interface ReportRun {
  id: string;
  accountId: string;
  userId: string;
  objectId: string;
  version: string;
  params: Record<string, string>;
  asOf: number;
  startedAt: number;
  fate: "complete" | "fail" | "skip" | "stuck" | "too_large";
}

interface StateFile {
  /** Each account as it was first made, so that a restart adds no day and changes no campaign. */
  accounts: AdAccountOptions[];
  codes: LoginCode[];
  tokens: Token[];
  /** By user id: what was granted and what declined. */
  permissions: Record<string, Record<string, "granted" | "declined">>;
  changes: WrittenChange[];
  made: MadeObject[];
  reports: ReportRun[];
  nextReport: number;
}

const EMPTY: StateFile = {
  accounts: [],
  codes: [],
  tokens: [],
  permissions: {},
  changes: [],
  made: [],
  reports: [],
  nextReport: 1,
};

/** What the stand-in of Meta remembers over a restart. One JSON file, replaced whole. */
export class MetaState {
  private readonly file: string;
  readonly content: StateFile;
  private timer: NodeJS.Timeout | null = null;

  constructor(readonly dir: string) {
    mkdirSync(dir, { recursive: true });
    this.file = join(dir, "meta-state.json");
    this.content = this.read();
  }

  private read(): StateFile {
    try {
      return { ...structuredClone(EMPTY), ...JSON.parse(readFileSync(this.file, "utf8")) };
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") {
        return structuredClone(EMPTY);
      }
      throw new Error(`The stand-in's state file ${this.file} cannot be read`, { cause: error });
    }
  }

  /** Writes soon; a burst of changes makes one file. */
  changed(): void {
    this.timer ??= setTimeout(() => this.flush(), 20);
    this.timer.unref();
  }

  flush(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    const next = `${this.file}.${process.pid}.new`;
    writeFileSync(next, JSON.stringify(this.content, null, 1));
    renameSync(next, this.file);
  }
}
