/** One thing that was looked at: how much is wrong, and the first of it, a line each. */
export interface Check {
  name: string;
  found: number;
  examples: string[];
}

/** What `npm run verify` found out about a shop. */
export interface VerifyReport {
  shop: string;
  /** Rows of the shop by table, and what Shopify counts where it was asked. */
  counts: Record<string, number>;
  /** Why Shopify was not asked; null when it was. */
  withoutShopify: string | null;
  checks: Check[];
  ok: boolean;
}

const MOST_EXAMPLES = 10;

/** A check over everything it found. */
export function check(name: string, wrong: readonly string[]): Check {
  return { name, found: wrong.length, examples: wrong.slice(0, MOST_EXAMPLES) };
}

/** The report as a table that a person reads. */
export function reportText({ shop, counts, withoutShopify, checks, ok }: VerifyReport): string {
  const width = Math.max(
    ...[...Object.keys(counts), ...checks.map(({ name }) => name)].map(length),
  );
  const lines = [shop, "", "Counts"];
  for (const [name, count] of Object.entries(counts)) {
    lines.push(`  ${name.padEnd(width)}  ${String(count).padStart(10)}`);
  }
  if (withoutShopify !== null) lines.push(`  Shopify was not asked: ${withoutShopify}`);
  lines.push("", "Checks");
  for (const { name, found, examples } of checks) {
    lines.push(`  ${name.padEnd(width)}  ${(found === 0 ? "ok" : `${found} wrong`).padStart(10)}`);
    for (const example of examples) lines.push(`      ${example}`);
    if (found > examples.length) lines.push(`      … and ${found - examples.length} more`);
  }
  const wrong = checks.filter(({ found }) => found > 0).length;
  lines.push(
    "",
    ok ? "Everything adds up." : `${wrong} of ${checks.length} checks found something.`,
  );
  return lines.join("\n");
}

const length = (text: string) => text.length;
