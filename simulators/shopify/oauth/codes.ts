import { randomBytes } from "node:crypto";

const CODE_LIFE_MS = 600_000;

/** A code that the app may turn into a token once. */
interface AuthorizationCode {
  code: string;
  shop: string;
  scopes: string[];
  online: boolean;
  expiresAt: number;
}

/** Codes given and not yet spent; a restart forgets them, as ten minutes would. */
export class AuthorizationCodes {
  private codes: AuthorizationCode[] = [];

  constructor(private readonly now: () => Date) {}

  give(shop: string, scopes: string[], online: boolean): string {
    const code = randomBytes(16).toString("hex");
    const expiresAt = this.now().getTime() + CODE_LIFE_MS;
    this.codes.push({ code, shop, scopes, online, expiresAt });
    return code;
  }

  /** The grant behind a code, once; null when it is unknown, spent, over, or another shop's. */
  spend(shop: string, code: string): AuthorizationCode | null {
    const found = this.codes.find((one) => one.code === code && one.shop === shop);
    this.codes = this.codes.filter((one) => one !== found);
    return found && found.expiresAt > this.now().getTime() ? found : null;
  }
}
