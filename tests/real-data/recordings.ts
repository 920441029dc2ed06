import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const FOLDER = resolve("../shared/data/shopify-recorded");

/** Whether the recordings stand beside the project; says in one line what is left out when not. */
export function recordingsAreThere(whatIsLeftOut: string): boolean {
  if (existsSync(FOLDER)) return true;
  process.stdout.write(`left out, no ../shared/data here: ${whatIsLeftOut}\n`);
  return false;
}

export function recordedText(path: string): string {
  return readFileSync(join(FOLDER, path), "utf8");
}

export function recordedLines<T>(path: string): T[] {
  return recordedText(path)
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

export interface RecordedError {
  message: string;
  path?: (string | number)[];
  locations?: unknown;
  extensions: Record<string, unknown> & { code: string };
}

export interface RecordedExchange {
  file: string;
  query: string;
  variables: Record<string, unknown>;
  data: unknown;
  errors: RecordedError[] | null;
  cost: { requestedQueryCost: number; actualQueryCost: number } | null;
}

/** Every request of the recorded files whose query and answer are both there. */
export function recordedExchanges(): RecordedExchange[] {
  const files = readdirSync(FOLDER, { recursive: true, encoding: "utf8" });
  return files
    .filter((file) => file.endsWith(".json"))
    .sort()
    .flatMap((file) => exchangesIn(JSON.parse(recordedText(file)), file));
}

function exchangesIn(value: unknown, file: string): RecordedExchange[] {
  if (Array.isArray(value)) return value.flatMap((item) => exchangesIn(item, file));
  if (!isRecord(value)) return [];
  const below = Object.values(value).flatMap((item) => exchangesIn(item, file));
  const request = isRecord(value.request) ? value.request : value;
  const response = isRecord(value.response) ? value.response : value.result;
  if (typeof request.query !== "string" || !isRecord(response)) return below;
  const answer = [response.payload, response.body].find(isRecord) ?? response;
  const extensions = isRecord(answer.extensions) ? answer.extensions : {};
  const exchange: RecordedExchange = {
    file,
    query: request.query,
    variables: isRecord(request.variables) ? request.variables : {},
    data: answer.data,
    errors: Array.isArray(answer.errors) ? answer.errors : null,
    cost: (extensions.cost as RecordedExchange["cost"]) ?? null,
  };
  return [exchange, ...below];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
