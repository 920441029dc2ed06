import { createRandom, type Random } from "../shopify/store/random";

/** Chance of one thing on one day: any day can be asked for first, and always says the same. */
export function chanceOf(...keys: number[]): Random {
  let hash = 0x811c9dc5;
  for (const key of keys) {
    hash = Math.imul(hash ^ (key & 0xffff), 0x01000193);
    hash = Math.imul(hash ^ (key >>> 16), 0x01000193);
    hash ^= hash >>> 15;
  }
  return createRandom(hash >>> 0);
}

/** A count whose mean is `mean` (Knuth; a rounded bell above 40). */
export function poisson(random: Random, mean: number): number {
  if (mean <= 0) return 0;
  if (mean > 40) return Math.max(0, Math.round(mean + bell(random) * Math.sqrt(mean)));
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random.next(); product > limit; product *= random.next()) count += 1;
  return count;
}

/** About a standard normal number: twelve dice. */
export function bell(random: Random): number {
  let sum = -6;
  for (let n = 0; n < 12; n += 1) sum += random.next();
  return sum;
}
