import type { Request } from "express";
import { z } from "zod";
import { GraphError, invalidParameter } from "./graph-error";

/** Query and body together: strings, or what a JSON body nested. The body's value wins. */
export class Params {
  constructor(private readonly values: Map<string, unknown>) {}

  names(): string[] {
    return [...this.values.keys()];
  }

  has(name: string): boolean {
    return this.values.has(name);
  }

  /** A plain value as text; objects as the JSON they would be in a query. */
  text(name: string): string | null {
    const value = this.values.get(name);
    if (value === undefined || value === null || value === "") return null;
    return typeof value === "object" ? JSON.stringify(value) : String(value);
  }

  /** A value that may be JSON text (GET) or nested already (POST). Throws error 100 on anything else. */
  json<T>(name: string, schema: z.ZodType<T>): T | null {
    const value = this.values.get(name);
    if (value === undefined || value === null || value === "") return null;
    const read = schema.safeParse(typeof value === "string" ? parsed(name, value) : value);
    if (!read.success) throw invalidParameter(`Param ${name} ${z.prettifyError(read.error)}`);
    return read.data;
  }

  /** A list: JSON, or names parted by commas. */
  list(name: string): string[] {
    const text = this.text(name);
    if (text === null) return [];
    if (text.trim().startsWith("[")) return this.json(name, z.array(z.coerce.string())) ?? [];
    return text
      .split(",")
      .map((part) => part.trim())
      .filter(Boolean);
  }

  /** Every value of a name that a form may hold several times (a box ticked each). */
  all(name: string): string[] {
    const value = this.values.get(name);
    if (Array.isArray(value)) return value.map(String);
    return value === undefined ? [] : [String(value)];
  }

  whole(name: string): number | null {
    const text = this.text(name);
    if (text === null) return null;
    if (!/^-?\d{1,15}$/.test(text)) throw invalidParameter(`Param ${name} must be an integer`);
    return Number(text);
  }

  yes(name: string): boolean {
    return ["1", "true"].includes(this.text(name) ?? "");
  }

  query(): URLSearchParams {
    const entries = this.names().map((name): [string, string] => [name, this.text(name) ?? ""]);
    return new URLSearchParams(entries);
  }
}

function parsed(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalidParameter(`Param ${name} must be valid JSON`);
  }
}

/** Reads a call's parameters from its query and from a JSON, form-encoded or multipart body. */
export async function readParams(request: Request): Promise<Params> {
  const values = new Map<string, unknown>();
  const query = new URL(request.originalUrl, "http://graph").searchParams;
  for (const [name, value] of query) values.set(name, value);
  const body: unknown = request.body;
  if (!Buffer.isBuffer(body) || body.length === 0) return new Params(values);
  const type = request.get("content-type") ?? "application/x-www-form-urlencoded";
  if (type.includes("json")) {
    const read = z.record(z.string(), z.unknown()).safeParse(jsonBody(body));
    if (!read.success) throw new GraphError(2500);
    for (const [name, value] of Object.entries(read.data)) values.set(name, value);
  } else {
    const form = await new Response(new Uint8Array(body), {
      headers: { "content-type": type },
    }).formData();
    for (const name of new Set(form.keys())) {
      const given = form.getAll(name).filter((value) => typeof value === "string");
      if (given.length > 0) values.set(name, given.length === 1 ? given[0] : given);
    }
  }
  return new Params(values);
}

function jsonBody(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    throw new GraphError(2500);
  }
}
