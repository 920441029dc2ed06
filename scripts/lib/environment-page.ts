import type { z } from "zod";
import { envVariables } from "~/lib/env.server";

interface Variable {
  name: string;
  needed: string;
  meaning: string;
}

/** docs/env.md as Markdown: a row per variable, from the zod schema of app/lib/env.server.ts. */
export function environmentPage(): string {
  const rows = Object.entries(envVariables).map(([name, schema]) => describeVariable(name, schema));
  return `# Environment

Made by \`npm run docs:env\` from the schema in \`app/lib/env.server.ts\`; a test fails when it is not
up to date. Every process checks all of it at its start and names everything that is wrong in one
message. An empty value counts as unset. \`.env.example\` is a start.

| variable | needed | what it is for |
| --- | --- | --- |
${rows.map(({ name, needed, meaning }) => `| \`${name}\` | ${needed} | ${meaning} |`).join("\n")}
`;
}

function describeVariable(name: string, schema: z.ZodType): Variable {
  const unset = schema.safeParse(undefined);
  const needed = unset.success ? fallback(unset.data) : "yes";
  return { name, needed, meaning: schema.description ?? "" };
}

const fallback = (value: unknown) => (value === undefined ? "no" : `default \`${String(value)}\``);
