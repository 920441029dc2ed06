export interface LoggedRequest {
  at: string;
  method: string;
  host: string;
  path: string;
  status: number;
  ms: number;
  shop: string | null;
  /** For GraphQL: the operation's name or its first root field. */
  operation?: string;
  token?: string;
}

const LIMIT = 2_000;

/** The last calls received, for tests and for people who wonder what the app asked. Tokens are masked. */
export class RequestLog {
  private entries: LoggedRequest[] = [];

  add(entry: LoggedRequest): void {
    this.entries.push(entry);
    if (this.entries.length > LIMIT) this.entries.shift();
  }

  all(): LoggedRequest[] {
    return this.entries;
  }
}

/** `shpat_abcdef…` becomes `shpat_abc***`: enough to tell two apart, useless to call with. */
export function maskToken(token: string): string {
  return `${token.slice(0, 9)}***`;
}

/** A path with its query's secrets masked. */
export function maskPath(path: string): string {
  return path.replace(/((?:id_token|hmac|session|Signature|code|secret)=)[^&]*/g, "$1***");
}
