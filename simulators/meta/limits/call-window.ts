/** Weights of the calls of the last `span` milliseconds, by the second. */
export class CallWindow {
  private buckets: { second: number; weight: number }[] = [];

  constructor(private readonly span: number) {}

  add(at: number, weight: number): void {
    const second = Math.floor(at / 1_000);
    const last = this.buckets.at(-1);
    if (last?.second === second) last.weight += weight;
    else this.buckets.push({ second, weight });
  }

  sum(at: number): number {
    // A clock set back leaves calls in the future: they have not happened.
    this.buckets = this.buckets.filter(
      ({ second }) => second * 1_000 > at - this.span && second * 1_000 <= at,
    );
    return this.buckets.reduce((total, { weight }) => total + weight, 0);
  }

  /** Milliseconds until no more than `limit` lies inside the window. */
  untilBelow(at: number, limit: number): number {
    let over = this.sum(at) - limit;
    for (const { second, weight } of this.buckets) {
      if (over <= 0) return 0;
      over -= weight;
      if (over <= 0) return second * 1_000 + this.span - at;
    }
    return 0;
  }
}
