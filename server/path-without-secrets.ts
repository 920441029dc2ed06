/** Query parameters that say something about a request and nothing about who may make it. */
const SHOWN = new Set(["shop", "embedded", "range", "from", "to", "locale", "_routes", "index"]);

/** A request's path and query as the log may show it: every parameter not known to be harmless is masked. */
export function pathWithoutSecrets(url: string): string {
  const [path = "", query] = url.split("?", 2);
  if (!query) return path;
  const shown = new URLSearchParams(query);
  for (const name of new Set(shown.keys())) {
    if (!SHOWN.has(name)) shown.set(name, "***");
  }
  return `${path}?${shown}`;
}
