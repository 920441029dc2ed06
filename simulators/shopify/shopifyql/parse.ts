import { COLUMNS } from "./columns";

export type Grain = "day" | "week" | "month";

/** A day as written: a date, or so many days, weeks, months before today. */
export type Bound =
  | { kind: "date"; text: string }
  | { kind: "ago"; count: number; unit: "d" | "w" | "m" | "y" };

/** A query over sales, read and found good. */
export interface SalesQuery {
  /** Column names as asked for. */
  show: string[];
  grain: Grain | null;
  /** TIMESERIES shows every period, GROUP BY those with sales. */
  fill: boolean;
  since: Bound | null;
  until: Bound | null;
  totals: boolean;
  orderBy: { column: string; descending: boolean } | null;
  limit: number | null;
}

/** A complaint in the manner of ShopifyQL: what was met, and where. */
class QueryError extends Error {}

const WORD = /[A-Za-z_]\w*|-?\d[\w-]*|,|\S/g;

/**
 * Reads `FROM sales SHOW … [GROUP BY g | TIMESERIES g] [WITH TOTALS] [SINCE a] [UNTIL b]
 * [ORDER BY c [ASC|DESC]] [LIMIT n]`; a list of complaints when it is anything else. `returns` is
 * the column's name up to version 2026-01 and `sales_reversals` from 2026-04 on.
 */
export function parseSalesQuery(text: string, version: string): SalesQuery | string[] {
  try {
    return new Reader(text.match(WORD) ?? [], version).query();
  } catch (error) {
    if (error instanceof QueryError) return [error.message];
    throw error;
  }
}

class Reader {
  private at = 0;
  private readonly seen = new Set<string>();

  constructor(
    private readonly words: string[],
    private readonly version: string,
  ) {}

  query(): SalesQuery {
    this.expect("FROM");
    const table = this.next("a table");
    if (table.toLowerCase() !== "sales") throw new QueryError(`Table '${table}' not found.`);
    this.expect("SHOW");
    const query: SalesQuery = {
      show: this.columns(),
      grain: null,
      fill: false,
      since: null,
      until: null,
      totals: false,
      orderBy: null,
      limit: null,
    };
    while (this.at < this.words.length) this.clause(query);
    return query;
  }

  private clause(query: SalesQuery): void {
    const word = this.next("a clause").toUpperCase();
    if (this.seen.has(word)) throw new QueryError(`Duplicate clause '${word}'.`);
    this.seen.add(word);
    switch (word) {
      case "GROUP":
      case "TIMESERIES":
        if (word === "GROUP") this.expect("BY");
        if (query.grain) throw new QueryError("Use either GROUP BY or TIMESERIES.");
        query.grain = this.grain();
        query.fill = word === "TIMESERIES";
        break;
      case "WITH":
        this.expect("TOTALS");
        query.totals = true;
        break;
      case "SINCE":
        query.since = this.bound();
        break;
      case "UNTIL":
        query.until = this.bound();
        break;
      case "ORDER":
        this.expect("BY");
        query.orderBy = this.ordering(query);
        break;
      case "LIMIT":
        query.limit = this.limit();
        break;
      default:
        throw this.unexpected(word);
    }
  }

  private columns(): string[] {
    const names = [this.column()];
    while (this.words[this.at] === ",") {
      this.at += 1;
      names.push(this.column());
    }
    return names;
  }

  private column(): string {
    const name = this.next("a column").toLowerCase();
    const renamed = this.version >= "2026-04";
    const known = name === "sales_reversals" ? renamed : Object.hasOwn(COLUMNS, name);
    if (!known || (renamed && name === "returns")) {
      throw new QueryError(`Column '${name}' not found in table 'sales'.`);
    }
    return name;
  }

  private grain(): Grain {
    const word = this.next("a time dimension");
    const grain = word.toLowerCase();
    if (grain !== "day" && grain !== "week" && grain !== "month") {
      throw new QueryError(`Dimension '${word}' is not supported.`);
    }
    return grain;
  }

  private bound(): Bound {
    const word = this.next("a date").toLowerCase();
    if (word === "today") return { kind: "ago", count: 0, unit: "d" };
    if (word === "yesterday") return { kind: "ago", count: 1, unit: "d" };
    const ago = /^-(\d{1,4})([dwmy])$/.exec(word);
    if (ago) return { kind: "ago", count: Number(ago[1]), unit: ago[2] as "d" };
    const isDate = /^\d{4}-\d\d-\d\d$/.test(word) && isCalendarDate(word);
    if (!isDate) throw new QueryError(`Invalid date '${word}'.`);
    return { kind: "date", text: word };
  }

  private ordering(query: SalesQuery): NonNullable<SalesQuery["orderBy"]> {
    const column = this.next("a column").toLowerCase();
    if (column !== query.grain && !query.show.includes(column)) {
      throw new QueryError(`Column '${column}' must be shown to be ordered by.`);
    }
    const direction = this.words[this.at]?.toUpperCase();
    if (direction === "ASC" || direction === "DESC") this.at += 1;
    return { column, descending: direction === "DESC" };
  }

  private limit(): number {
    const word = this.next("a number");
    if (!/^\d{1,6}$/.test(word)) throw new QueryError(`Invalid limit '${word}'.`);
    return Number(word);
  }

  private expect(word: string): void {
    const found = this.next(`'${word}'`);
    if (found.toUpperCase() !== word) throw this.unexpected(found);
  }

  private next(what: string): string {
    const word = this.words[this.at];
    if (word === undefined) throw new QueryError(`Unexpected end of query, expected ${what}.`);
    this.at += 1;
    return word;
  }

  private unexpected(word: string): QueryError {
    return new QueryError(`Unexpected input '${word}'.`);
  }
}

function isCalendarDate(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
