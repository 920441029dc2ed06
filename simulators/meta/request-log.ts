export interface LoggedGraphRequest {
  at: string;
  method: string;
  host: string;
  /** With its query, secrets masked. */
  path: string;
  status: number;
  ms: number;
  ad_account: string | null;
  /** First letters of the token that came with it. */
  token: string | null;
}

const LIMIT = 2_000;

/** The last calls received, for tests and for people who wonder what the app asked. */
export class MetaRequestLog {
  private entries: LoggedGraphRequest[] = [];

  add(entry: LoggedGraphRequest): void {
    this.entries.push(entry);
    if (this.entries.length > LIMIT) this.entries.shift();
  }

  all(): LoggedGraphRequest[] {
    return this.entries;
  }
}

const SECRETS = "access_token|input_token|fb_exchange_token|client_secret|appsecret_proof|code";

/** A path with its query's secrets masked. */
export function maskGraphPath(path: string): string {
  return path.replace(new RegExp(`((?:^|[?&])(?:${SECRETS})=)[^&]*`, "g"), "$1***");
}

/** Enough of a token to tell two apart, useless to call with. */
export function maskGraphToken(token: string): string {
  return `${token.slice(0, 8)}***`;
}
