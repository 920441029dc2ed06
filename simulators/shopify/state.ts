import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { BulkOperationRecord } from "./bulk/record";
import type { AccessToken, RefreshToken } from "./oauth/token-types";
import type { GenerateOptions, ReplayOptions } from "./store/types";
import type { WebhookSubscriptionRecord } from "./webhooks/delivery";

export interface StaffMember {
  id: number;
  email: string;
  emailVerified: boolean;
  firstName: string;
  lastName: string;
  accountOwner: boolean;
  locale: string;
}

/** How to make the same store again. `now` is an ISO instant, so that no day is added by a restart. */
export type RememberedSource =
  | { kind: "generated"; options: Omit<GenerateOptions, "now"> & { now: string } }
  | { kind: "replayed"; options: ReplayOptions };

export interface ShopState {
  domain: string;
  source: RememberedSource | null;
  installed: boolean;
  scopes: string[];
  staff: StaffMember[];
  bulkOperations: BulkOperationRecord[];
  /**
   * Orders keep coming; absent while nobody has asked for it. Those up to `reached` (epoch
   * milliseconds) have come; absent in a file of an earlier stand-in.
   */
  live?: { orders_per_minute: number; reached?: number };
  /** Protected customer data the app was approved for; 2 when absent. */
  protectedData?: 0 | 1 | 2;
  /** Made through the Admin API; absent in a file of an earlier stand-in. */
  webhookSubscriptions?: WebhookSubscriptionRecord[];
}

interface StateFile {
  shops: ShopState[];
  accessTokens: AccessToken[];
  refreshTokens: RefreshToken[];
  nextBulkId: number;
}

const EMPTY: StateFile = {
  shops: [],
  accessTokens: [],
  refreshTokens: [],
  nextBulkId: 7749099000001,
};

/**
 * What the stand-in remembers over a restart: installed apps, tokens, staff, bulk operations and how
 * each store was made. One JSON file, replaced whole, so that a crash leaves the old one.
 */
export class SimulatorState {
  private readonly file: string;
  readonly content: StateFile;
  private timer: NodeJS.Timeout | null = null;

  constructor(readonly dir: string) {
    mkdirSync(join(dir, "bulk"), { recursive: true });
    this.file = join(dir, "shopify-state.json");
    this.content = this.read();
  }

  private read(): StateFile {
    try {
      return { ...structuredClone(EMPTY), ...JSON.parse(readFileSync(this.file, "utf8")) };
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") {
        return structuredClone(EMPTY);
      }
      throw new Error(`The stand-in's state file ${this.file} cannot be read`, { cause: error });
    }
  }

  shop(domain: string): ShopState | null {
    return this.content.shops.find((shop) => shop.domain === domain) ?? null;
  }

  /** Writes soon; a burst of changes makes one file. */
  changed(): void {
    this.timer ??= setTimeout(() => this.flush(), 20);
    this.timer.unref();
  }

  flush(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    const next = `${this.file}.${process.pid}.new`;
    writeFileSync(next, JSON.stringify(this.content, null, 1));
    renameSync(next, this.file);
  }
}
