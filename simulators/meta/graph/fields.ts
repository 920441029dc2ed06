import { GraphError, invalidParameter } from "./graph-error";

/** A field that was asked for, with those asked of it: `business{id,name}`. */
export interface AskedField {
  name: string;
  of: AskedField[];
}

/** Reads `id,name,business{id,name}`. Throws 2500 on braces that do not match. */
export function parseFields(text: string): AskedField[] {
  const tokens = text.match(/[{},]|[^{},\s]+/g) ?? [];
  let at = 0;
  const list = (nested: boolean): AskedField[] => {
    const fields: AskedField[] = [];
    while (at < tokens.length) {
      const token = tokens[at];
      at += 1;
      if (token === ",") continue;
      if (token === "}") {
        if (nested) return fields;
        throw syntax(text);
      }
      if (token === "{" || token === undefined) throw syntax(text);
      // Parameters of a field (`thumbnail_url.width(100)`) change what a stand-in has nothing of.
      const field: AskedField = { name: token.replace(/\..*$/, ""), of: [] };
      if (tokens[at] === "{") {
        at += 1;
        field.of = list(true);
      }
      fields.push(field);
    }
    if (nested) throw syntax(text);
    return fields;
  };
  return list(false);
}

function syntax(text: string): GraphError {
  return new GraphError(2500, null, {
    message: `Syntax error "Expected end of string instead of "{"." at character ${text.length}: ${text}`,
  });
}

export type PlainObject = Record<string, unknown>;

/**
 * The object cut down to what was asked; `id` is always there. A field that Meta does not know is
 * error 100; one that it knows and this object has no value for is absent, as in Meta.
 */
export function pick(
  whole: PlainObject,
  asked: AskedField[],
  type: { name: string; fields: readonly string[] },
): PlainObject {
  const picked: PlainObject = {};
  for (const { name, of } of asked) {
    if (!type.fields.includes(name) && name !== "id") {
      throw invalidParameter(
        `Tried accessing nonexisting field (${name}) on node type (${type.name})`,
      );
    }
    const value = whole[name];
    if (value === undefined || value === null) continue;
    picked[name] = of.length > 0 && isPlain(value) ? cut(value, of) : value;
  }
  if ("id" in whole) picked.id = whole.id;
  return picked;
}

function cut(value: PlainObject, of: AskedField[]): PlainObject {
  const names = new Set(["id", ...of.map((field) => field.name)]);
  return Object.fromEntries(Object.entries(value).filter(([name]) => names.has(name)));
}

function isPlain(value: unknown): value is PlainObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
