import { readFileSync } from "node:fs";
import { CsvError, parse } from "csv-parse/sync";
import { lineAmount, quote, readDecimal, readInstant, readQuantity } from "./cells";
import { ReplayError } from "./replay-error";

const COLUMNS = [
  "kind",
  "order_id",
  "at",
  "customer_id",
  "email",
  "line_no",
  "sku",
  "title",
  "quantity",
  "unit_price",
  "currency",
  "refund_of",
] as const;
type Column = (typeof COLUMNS)[number];

/** A row of the log; money in minor units of its one currency. */
export interface LogRow {
  line: number;
  kind: "sale" | "refund";
  orderId: string;
  at: number;
  customerId: string;
  email: string;
  sku: string;
  title: string;
  /** Never negative: a refund's sign is ignored. */
  quantity: number;
  unitPrice: number;
  /** quantity × unit_price, rounded half up to the minor unit. */
  amount: number;
  refundOf: string;
}

export interface PurchaseLog {
  currency: string;
  rows: LogRow[];
  /** Offsets as written, minutes east of UTC, by the hour in which they were. */
  offsets: Map<number, number>;
  /** Two rows of one hour carry different offsets: no zone can have written them. */
  mixedOffsets: boolean;
}

/** Reads a log of purchases. Throws ReplayError at the first row that cannot be what it says. */
export function readLog(path: string): PurchaseLog {
  const log: PurchaseLog = { currency: "", rows: [], offsets: new Map(), mixedOffsets: false };
  const texts = new Map<string, string>();
  // The parser hands out slices of its buffer: one copy of each text keeps the buffer from staying.
  const intern = (text: string) => {
    const known = texts.get(text);
    if (known !== undefined) return known;
    texts.set(text, text);
    return text;
  };
  let positions: Map<Column, number> | null = null;
  const options = {
    bom: true,
    skip_empty_lines: true,
    relax_column_count: true,
    on_record: (cells: string[], context: { lines: number }) => {
      if (positions) readRow(log, cells, positions, context.lines, intern);
      else positions = readHeader(cells);
      return null;
    },
  };
  try {
    parse(readFileSync(path), options);
  } catch (error) {
    if (error instanceof CsvError) throw new ReplayError(Number(error.lines ?? 0), error.message);
    throw error;
  }
  if (!positions) throw new ReplayError(1, "the file is empty: a header is expected");
  if (log.rows.length === 0) throw new ReplayError(2, "the log holds no row");
  return log;
}

function readHeader(cells: string[]): Map<Column, number> {
  const names = cells.map((cell) => cell.trim());
  const missing = COLUMNS.filter((column) => !names.includes(column));
  if (missing.length > 0) {
    throw new ReplayError(
      1,
      `the header lacks ${missing.join(", ")}; it must name ${COLUMNS.join(",")}`,
    );
  }
  return new Map(COLUMNS.map((column) => [column, names.indexOf(column)]));
}

function readRow(
  log: PurchaseLog,
  cells: string[],
  positions: Map<Column, number>,
  line: number,
  intern: (text: string) => string,
): void {
  const cell = (column: Column): string => {
    const text = cells[positions.get(column) ?? -1];
    if (text === undefined) throw new ReplayError(line, `the row ends before its ${column}`);
    return text.trim();
  };
  // The last columns first: a short row is named as such, not as a bad number.
  const refundOf = cell("refund_of");
  const kind = cell("kind");
  if (kind !== "sale" && kind !== "refund") {
    throw new ReplayError(line, `kind is neither sale nor refund: ${quote(kind)}`);
  }
  const currency = cell("currency");
  if (!/^[A-Z]{3}$/.test(currency))
    throw new ReplayError(line, `currency is no code: ${quote(currency)}`);
  log.currency ||= currency;
  if (log.currency !== currency) {
    throw new ReplayError(line, `a second currency, ${currency}, in a log of ${log.currency}`);
  }
  const { at, offset } = readInstant(cell("at"), line);
  noteOffset(log, at, offset);
  const quantity = readQuantity(cell("quantity"), line);
  const price = readDecimal(cell("unit_price"), "unit_price", line);
  const orderId = cell("order_id");
  if (kind === "sale" && quantity < 1) throw new ReplayError(line, `a sale of ${quantity} units`);
  if (kind === "sale" && price.units < 0n)
    throw new ReplayError(line, "a sale at a negative price");
  if (kind === "sale" && orderId === "") throw new ReplayError(line, "a sale without order_id");
  if (kind === "refund" && refundOf === "")
    throw new ReplayError(line, "a refund without refund_of");
  log.rows.push({
    line,
    kind,
    orderId: intern(orderId),
    at,
    customerId: intern(cell("customer_id")),
    email: intern(cell("email")),
    sku: intern(cell("sku")),
    title: intern(cell("title")),
    quantity: Math.abs(quantity),
    unitPrice: lineAmount(1, price, log.currency),
    amount: lineAmount(quantity, price, log.currency),
    refundOf: intern(refundOf),
  });
}

function noteOffset(log: PurchaseLog, at: number, offset: number): void {
  const hour = Math.floor(at / 3_600_000);
  const known = log.offsets.get(hour);
  if (known === undefined) log.offsets.set(hour, offset);
  else if (known !== offset) log.mixedOffsets = true;
}
