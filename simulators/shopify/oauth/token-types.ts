export interface AccessToken {
  token: string;
  shop: string;
  kind: "offline" | "online";
  userId: number | null;
  scopes: string[];
  /** Epoch milliseconds; null never expires. */
  expiresAt: number | null;
}

export interface RefreshToken {
  token: string;
  shop: string;
  scopes: string[];
  expiresAt: number;
  /** The refresh token that replaced this one; it dies when that one is first used. */
  replacedBy: string | null;
  /** The replacement was used: this one is dead. */
  spent: boolean;
}
