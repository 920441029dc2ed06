/** Instants in epoch milliseconds of the stand-in's clock; `expiresAt` null: never. */
export interface Token {
  token: string;
  userId: string;
  kind: "short" | "long" | "system";
  scopes: string[];
  issuedAt: number;
  expiresAt: number | null;
  dataAccessExpiresAt: number;
  /** Why it no longer serves: subcode of error 190; null while it does. */
  invalid: number | null;
}

export interface LoginCode {
  code: string;
  userId: string;
  redirectUri: string;
  scopes: string[];
  expiresAt: number;
  used: boolean;
}
