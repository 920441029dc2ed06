import { shopifyError } from "../graphql/errors";
import { parseSearch, type SearchNode } from "./parse";

/** How a field of a search is read from an item; a time is epoch milliseconds. */
type SearchField<T> =
  | { kind: "time"; get: (item: T) => number | null }
  | { kind: "id"; get: (item: T) => number | null }
  | { kind: "number"; get: (item: T) => number | null }
  | { kind: "boolean"; get: (item: T) => boolean }
  | { kind: "text"; get: (item: T) => string | null }
  | { kind: "match"; match: (item: T, value: string) => boolean };

export type SearchFields<T> = Record<string, SearchField<T>>;

interface SearchWarning {
  field: string;
  message: string;
  code: "invalid_field";
}

export interface SearchFilter<T> {
  /** Null when everything matches. */
  matches: ((item: T) => boolean) | null;
  warnings: SearchWarning[];
  parsed: unknown;
}

type Predicate<T> = ((item: T) => boolean) | null;
type Term = Extract<SearchNode, { kind: "term" }>;

/**
 * Turns a search text into a filter. An unknown field is ignored with a warning; a time that is
 * none is refused (BAD_REQUEST); words without a field go to the field `default`.
 */
export function searchFilter<T>(
  text: string | null | undefined,
  fields: SearchFields<T>,
): SearchFilter<T> {
  const parsed = parseSearch(text ?? "");
  const warnings: SearchWarning[] = [];
  const build = (node: SearchNode): Predicate<T> => {
    if (node.kind === "term") return termPredicate(node, fields, warnings);
    if (node.kind === "not") {
      const inner = build(node.part);
      return inner && ((item) => !inner(item));
    }
    const parts = node.parts.map(build);
    if (node.kind === "and") {
      const held = parts.filter((part) => part !== null);
      return held.length === 0 ? null : (item) => held.every((part) => part(item));
    }
    return (item) => parts.some((part) => part === null || part(item));
  };
  return {
    matches: parsed && build(parsed),
    warnings,
    parsed: parsed && describe(parsed),
  };
}

function termPredicate<T>(
  term: Term,
  fields: SearchFields<T>,
  warnings: SearchWarning[],
): Predicate<T> {
  const name = term.field ?? "default";
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (!field) {
    const message = "Invalid search field for this query.";
    warnings.push({ field: name, message, code: "invalid_field" });
    return null;
  }
  if (term.value === "*") return null;
  switch (field.kind) {
    case "time": {
      const bound = Date.parse(zoned(term.value));
      if (Number.isNaN(bound)) {
        throw shopifyError(`Invalid timestamp for query filter \`${name}\`.`, "BAD_REQUEST");
      }
      const wholeDay = /^\d{4}-\d\d-\d\d$/.test(term.value) ? 86_400_000 : 1_000;
      return compared(field.get, term, bound, wholeDay);
    }
    case "id":
      return compared(field.get, term, Number(/\d+$/.exec(term.value)?.[0] ?? Number.NaN), 1);
    case "number":
      return compared(field.get, term, Number(term.value), 0);
    case "boolean":
      return (item) => String(field.get(item)) === term.value.toLowerCase();
    case "match":
      return (item) => field.match(item, term.value);
    case "text": {
      const wanted = term.value.toLowerCase();
      const prefix = wanted.endsWith("*") ? wanted.slice(0, -1) : null;
      return (item) => {
        const held = field.get(item)?.toLowerCase();
        if (held === undefined) return false;
        return prefix === null ? held === wanted : held.startsWith(prefix);
      };
    }
  }
}

/** A time without zone is taken as UTC (how Shopify reads it is not recorded). */
function zoned(value: string): string {
  return /^\d{4}-\d\d-\d\dT[\d:.]+$/.test(value) ? `${value}Z` : value;
}

function compared<T>(
  get: (item: T) => number | null,
  term: Term,
  bound: number,
  span: number,
): (item: T) => boolean {
  const test: Record<string, (held: number) => boolean> = {
    ":": (held) => held === bound || (held >= bound && held < bound + span),
    ":<": (held) => held < bound,
    ":>": (held) => held > bound,
    ":<=": (held) => held <= bound,
    ":>=": (held) => held >= bound,
  };
  const holds = test[term.comparator];
  return (item) => {
    const held = get(item);
    return held === null ? false : (holds?.(held) ?? false);
  };
}

const RANGES = {
  ":": "match_all",
  ":<": "range_lt",
  ":>": "range_gt",
  ":<=": "range_lte",
  ":>=": "range_gte",
};

function describe(node: SearchNode): unknown {
  if (node.kind === "not") return { not: describe(node.part) };
  if (node.kind !== "term") return { [node.kind]: node.parts.map(describe) };
  if (node.field === null) return { field: "default", match_all: node.value };
  return { field: node.field, [RANGES[node.comparator]]: node.value };
}
