type Comparator = ":" | ":<" | ":>" | ":<=" | ":>=";

export type SearchNode =
  | { kind: "term"; field: string | null; comparator: Comparator; value: string; quoted: boolean }
  | { kind: "and" | "or"; parts: SearchNode[] }
  | { kind: "not"; part: SearchNode };

const TOKEN =
  /\s*(?:([()])|(-?)(?:(\w[\w.]*):(<=|>=|<|>)?)?(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|([^\s()]+)))/y;

type Token =
  | { kind: "(" | ")" | "AND" | "OR" | "NOT" }
  | { kind: "term"; negated: boolean; node: SearchNode };

/**
 * Shopify's search syntax (reference §1.8): `field:value` with comparators, AND (also implied),
 * OR, NOT or a leading `-`, brackets, quotes. An empty text is null: everything matches.
 */
export function parseSearch(text: string): SearchNode | null {
  const tokens = tokenize(text);
  let at = 0;
  const peek = (): Token["kind"] | undefined => tokens[at]?.kind;

  const parseOr = (): SearchNode | null => {
    const parts = [parseAnd()];
    while (peek() === "OR") {
      at += 1;
      parts.push(parseAnd());
    }
    return joined("or", parts);
  };
  const parseAnd = (): SearchNode | null => {
    const parts: (SearchNode | null)[] = [];
    while (at < tokens.length && peek() !== ")" && peek() !== "OR") {
      if (peek() === "AND") at += 1;
      else parts.push(parseUnary());
    }
    return joined("and", parts);
  };
  const parseUnary = (): SearchNode | null => {
    const token = tokens[at];
    at += 1;
    if (token?.kind === "NOT") return negated(parseUnary());
    if (token?.kind === "(") {
      const inner = parseOr();
      if (peek() === ")") at += 1;
      return inner;
    }
    if (token?.kind !== "term") return null;
    return token.negated ? negated(token.node) : token.node;
  };

  const parts: (SearchNode | null)[] = [];
  while (at < tokens.length) {
    parts.push(parseOr());
    if (peek() === ")") at += 1;
  }
  return joined("and", parts);
}

function joined(kind: "and" | "or", parts: (SearchNode | null)[]): SearchNode | null {
  const held = parts.filter((part) => part !== null);
  return held.length > 1 ? { kind, parts: held } : (held[0] ?? null);
}

function negated(part: SearchNode | null): SearchNode | null {
  return part && { kind: "not", part };
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match; match = TOKEN.exec(text)) {
    const [, bracket, minus, field, comparator, single, double, bare] = match;
    if (bracket === "(" || bracket === ")") tokens.push({ kind: bracket });
    else if (!field && !minus && (bare === "AND" || bare === "OR" || bare === "NOT")) {
      tokens.push({ kind: bare });
    } else {
      tokens.push({
        kind: "term",
        negated: minus === "-",
        node: {
          kind: "term",
          field: field ?? null,
          comparator: `:${comparator ?? ""}` as Comparator,
          value: (single ?? double ?? bare ?? "").replace(/\\(.)/g, "$1"),
          quoted: bare === undefined,
        },
      });
    }
  }
  return tokens;
}
