/** What a query is taken for before Shopify has named its cost once. */
const FIRST_GUESS = 200;

const known = new Map<string, number>();

/** The points that Shopify asked for a query like this, the last time it was sent by this process. */
export function expectedPoints(document: string, variables: Record<string, unknown> = {}): number {
  return known.get(keyOf(document, variables)) ?? FIRST_GUESS;
}

/** Notes `requestedQueryCost` of an answer. Documents are constants, so there are few of them. */
export function rememberPoints(
  document: string,
  variables: Record<string, unknown> = {},
  points: number,
): void {
  known.set(keyOf(document, variables), points);
}

/** A query's cost depends on its text, the sizes of its pages and the lengths of its lists. */
function keyOf(document: string, variables: Record<string, unknown>): string {
  const sizes = Object.entries(variables).flatMap(([name, value]) => {
    const size = Array.isArray(value) ? value.length : value;
    return typeof size === "number" ? [`${name}=${size}`] : [];
  });
  return `${sizes.join()}|${document}`;
}
