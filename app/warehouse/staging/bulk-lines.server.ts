import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { RetryableError } from "~/lib/errors";
import { storableJson } from "./storable-json";

interface CopyOptions {
  shopId: string;
  operationId: string;
  /** Batches of JSON lines, as they arrive. */
  lines: AsyncIterable<readonly string[]>;
  /** Told after each batch how many lines went by so far. */
  onLines?: (lines: number) => void;
}

/**
 * Copies a bulk result file into `bulk_load.lines`, batch by batch, and answers how many lines it
 * had. What an earlier try left of the operation goes first; the caller's transaction makes it all
 * or nothing. JSON needs no escaping here: raw control characters cannot occur in it, so one is the
 * delimiter and another the quote.
 */
export async function copyBulkLines(
  client: pg.ClientBase,
  { shopId, operationId, lines, onLines }: CopyOptions,
): Promise<number> {
  await deleteBulkLines(client, shopId, operationId);
  let count = 0;
  async function* rows(): AsyncGenerator<string> {
    for await (const batch of lines) {
      let text = "";
      for (const line of batch) {
        if (line === "") continue;
        count += 1;
        const { id, parentId } = parseLine(line, count);
        text += `${shopId}\x02${operationId}\x02${count}\x02${id}\x02${parentId}\x02${storableJson(line)}\n`;
      }
      onLines?.(count);
      if (text) yield text;
    }
  }
  const sink = client.query(
    copyFrom(
      `COPY bulk_load.lines (shop_id, operation_id, line_no, id, parent_id, body)
       FROM STDIN (FORMAT csv, DELIMITER E'\\x02', QUOTE E'\\x01')`,
    ),
  );
  await pipeline(Readable.from(rows()), sink);
  return count;
}

/** An absent id is written as the empty field, which COPY takes for NULL. */
function parseLine(line: string, lineNo: number): { id: string; parentId: string } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch (cause) {
    throw malformed(lineNo, cause);
  }
  if (parsed === null || typeof parsed !== "object") throw malformed(lineNo);
  const id = "id" in parsed && typeof parsed.id === "string" ? parsed.id : "";
  const parentId =
    "__parentId" in parsed && typeof parsed.__parentId === "string" ? parsed.__parentId : "";
  return { id, parentId };
}

function malformed(lineNo: number, cause?: unknown): RetryableError {
  return new RetryableError(`Line ${lineNo} of a bulk file is no JSON object.`, {
    code: "BULK_LINE_MALFORMED",
    task: "bulk_load",
    cause,
  });
}

/** How many lines of an operation are stored: all of its file, or none. */
export async function countBulkLines(
  client: pg.ClientBase,
  shopId: string,
  operationId: string,
): Promise<number> {
  const { rows } = await client.query<{ count: string }>(
    "SELECT count(*) FROM bulk_load.lines WHERE shop_id = $1 AND operation_id = $2",
    [shopId, operationId],
  );
  return Number(rows[0]?.count ?? 0);
}

/**
 * Keeps of an operation only which orders its file held, by id, and answers how many: what is needed
 * to tell at the end which orders were in none of several files.
 */
export async function keepRootIds(
  client: pg.ClientBase,
  shopId: string,
  operationId: string,
): Promise<number> {
  await client.query(
    `DELETE FROM bulk_load.lines
     WHERE shop_id = $1 AND operation_id = $2 AND parent_id IS NOT NULL`,
    [shopId, operationId],
  );
  const { rowCount } = await client.query(
    "UPDATE bulk_load.lines SET body = '{}' WHERE shop_id = $1 AND operation_id = $2",
    [shopId, operationId],
  );
  return rowCount ?? 0;
}

/** Removes an operation's lines; without an operation, all of the shop's. */
export async function deleteBulkLines(
  client: pg.ClientBase,
  shopId: string,
  operationId?: string,
): Promise<void> {
  await client.query(
    "DELETE FROM bulk_load.lines WHERE shop_id = $1 AND ($2::text IS NULL OR operation_id = $2)",
    [shopId, operationId ?? null],
  );
}
