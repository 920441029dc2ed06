const MASK = "[redacted]";

/** Names whose value is a secret wherever it stands: keys of objects, headers, URL parameters. */
const SECRET_NAME =
  /^(authorization|proxy-authorization|cookie|set-cookie|x-shopify-access-token|x-shopify-hmac-sha256|id_?token|access_?token|refresh_?token|subject_?token|session_?token|api_?token|token|client_?secret|api_?secret|shopify_api_secret|app_?secret|meta_app_secret|appsecret_proof|fb_exchange_token|input_token|secret|credential_keys|password|hmac|session|signature)$/i;

const SECRET_IN_TEXT: [RegExp, string][] = [
  [/([?&#](?:hmac|session|code|state|token|signature)=)[^&#\s"'<>\\]+/gi, `$1${MASK}`],
  [
    /\b((?:id_token|access_token|refresh_token|subject_token|client_secret|appsecret_proof|fb_exchange_token|input_token|password)(?:=|\\?"\s*:\s*\\?"))[^&#\s"'<>\\]+/gi,
    `$1${MASK}`,
  ],
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^:/?#\s"]*:)[^@/\s"]+@/gi, `$1${MASK}@`],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/gi, `$1 ${MASK}`],
  [/\bshp(?:at|rt|ca|pa|ss|ua)_[\w-]+/g, MASK],
  // Meta's tokens; its app token is the app's id and secret with a bar between.
  [/\bEAA[A-Za-z0-9]{20,}/g, MASK],
  [/\b(\d{5,}(?:\||%7C))[\w-]{16,}/gi, `$1${MASK}`],
  [/\bmerit_[\w-]{20,}/g, MASK],
  [/\beyJ[\w-]{5,}\.[\w-]+\.[\w-]*/g, MASK],
];

/** Masks secrets inside a text: URL parameters, URL passwords, bearer and Shopify tokens, JWTs. */
export function redactText(text: string): string {
  return SECRET_IN_TEXT.reduce((masked, [pattern, by]) => masked.replace(pattern, by), text);
}

/** A copy of plain JSON data without secrets: by name of the key, and inside every text. */
export function redactJson(value: unknown): unknown {
  if (typeof value === "string") return redactText(value);
  if (Array.isArray(value)) return value.map(redactJson);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const secret = SECRET_NAME.test(key) && inner !== null && typeof inner !== "boolean";
      return [key, secret ? MASK : redactJson(inner)];
    }),
  );
}

/** The same for a line of JSON, such as a logger writes; other text is masked as text. */
export function redactJsonLine(line: string): string {
  try {
    return `${JSON.stringify(redactJson(JSON.parse(line)))}\n`;
  } catch {
    return redactText(line);
  }
}
