import { ADMIN_API_VERSION } from "~/lib/shopify-version";
import type { FieldVerdict, TypeVerdicts } from "./field-verdicts";
import { REASONS } from "./reasons";

/** docs/shopify-fields.md as Markdown: what is read of an order, where it goes, what is left out. */
export function shopifyFieldsPage(types: readonly TypeVerdicts[]): string {
  const all = types.flatMap(({ fields }) => fields);
  const read = all.filter(({ verdict }) => verdict?.read);
  const typed = read.filter(({ verdict }) => verdict?.read && verdict.columns.length > 0);
  return `# What is read of a Shopify order

Made by \`npm run docs:fields\` from the real schema of Admin GraphQL ${ADMIN_API_VERSION} and the app's own documents; a
test fails when it is not up to date, or when a field has no verdict. Of ${all.length} fields ${read.length} are read:
all of them are kept raw (\`staging_ingest.shopify_orders_raw\`, \`shopify_order_details_raw\`), and ${typed.length} end,
themselves or by what hangs below them, in columns of \`core_warehouse\`. Which columns is found out by the
transform itself: each value is changed in turn, and what changes in the rows is where it goes.

A field that goes to many columns names their tables (\`table.*\`); the types below it say which. Fields
with \`…Set\` are money: one column in the shop's currency, and \`…_presentment\` in the buyer's.

## Reasons for leaving a field out

| reason | meaning |
| --- | --- |
| deprecated | Shopify says what to use instead |
${Object.entries(REASONS)
  .map(([reason, meaning]) => `| ${label(reason)} | ${meaning} |`)
  .join("\n")}

${types.map(section).join("\n")}`;
}

function section({ type, reference, fields }: TypeVerdicts): string {
  const note = reference ? `\nOnly pointed at; the rest is ${REASONS[reference]}.\n` : "";
  return `## ${type}
${note}
| field | type | read | columns, or why not |
| --- | --- | --- | --- |
${fields.map(row).join("\n")}
`;
}

function row({ name, type, verdict }: FieldVerdict): string {
  return `| ${name} | \`${type}\` | ${verdict?.read ? "yes" : "no"} | ${cell(verdict)} |`;
}

function cell(verdict: FieldVerdict["verdict"]): string {
  if (!verdict) return "**undecided**";
  if (verdict.read) return columnsCell(verdict.columns);
  const detail = verdict.detail?.replaceAll(/\s+/g, " ").replaceAll("|", "\\|").trim();
  return detail ? `${label(verdict.reason)}: ${detail}` : label(verdict.reason);
}

const MOST_COLUMNS = 6;

/** Columns by name; where they are many, their tables, since the types below say it column by column. */
function columnsCell(columns: readonly string[]): string {
  const tables = [...new Set(columns.map((column) => `${column.split(".")[0]}.*`))];
  const named = columns.length > MOST_COLUMNS ? tables : columns;
  return named.map((name) => `\`${name}\``).join(", ");
}

const label = (reason: string) => reason.replaceAll("_", " ");
