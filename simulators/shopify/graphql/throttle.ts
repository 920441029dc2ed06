export interface ThrottleStatus {
  maximumAvailable: number;
  currentlyAvailable: number;
  restoreRate: number;
}

export const LIMITS = {
  standard: { maximumAvailable: 2_000, restoreRate: 100 },
  plus: { maximumAvailable: 20_000, restoreRate: 1_000 },
} as const;

interface Bucket {
  available: number;
  at: number;
}

/** A leaky bucket of points per shop: full at first, refilled by the second. */
export class Buckets {
  private readonly buckets = new Map<string, Bucket>();

  constructor(private readonly now: () => Date) {}

  /** Takes the points when they are there; false leaves the bucket as it was. */
  take(shop: string, plan: keyof typeof LIMITS, points: number): boolean {
    const bucket = this.refilled(shop, plan);
    if (bucket.available < points) return false;
    bucket.available -= points;
    return true;
  }

  /** Gives back what a query asked for and did not use; a negative number takes more. */
  settle(shop: string, plan: keyof typeof LIMITS, points: number): void {
    const bucket = this.refilled(shop, plan);
    bucket.available = Math.min(LIMITS[plan].maximumAvailable, bucket.available + points);
  }

  status(shop: string, plan: keyof typeof LIMITS): ThrottleStatus {
    const { maximumAvailable, restoreRate } = LIMITS[plan];
    const currentlyAvailable = Math.floor(this.refilled(shop, plan).available);
    return { maximumAvailable, currentlyAvailable, restoreRate };
  }

  private refilled(shop: string, plan: keyof typeof LIMITS): Bucket {
    const { maximumAvailable, restoreRate } = LIMITS[plan];
    const now = this.now().getTime();
    const bucket = this.buckets.get(shop) ?? { available: maximumAvailable, at: now };
    const gained = (Math.max(0, now - bucket.at) / 1000) * restoreRate;
    bucket.available = Math.min(maximumAvailable, bucket.available + gained);
    bucket.at = now;
    this.buckets.set(shop, bucket);
    return bucket;
  }
}
