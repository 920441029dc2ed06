import { resolve } from "node:path";
import { z } from "zod";
import { type ShopMetrics, shopMetricsSchema } from "~/metrics/schema";
import { demoShops, installShop, watchHistory } from "../../scripts/demo/install";
import { readToken, wholeHistory } from "../../scripts/demo/result";
import { openPlace } from "../../scripts/demo/settings";
import { type Stack, startStack } from "../../scripts/demo/stack";

/** Everything that `npm run demo` starts, as processes of their own, for tests from outside. */
export interface WholeApp {
  stack: Stack;
  shop: string;
  /** Where a person sees the app inside the stand-in admin. */
  adminUrl: string;
  /** Installs as a merchant would and waits until the history stands. */
  install(): Promise<void>;
  /** The API's answer, by bearer token; without a range the whole history. */
  metrics(range?: { from: string; to: string }): Promise<ShopMetrics>;
  /** What the stand-in's store truly holds. */
  truth(): Promise<object[]>;
  stop(): Promise<void>;
}

/** About 5 seconds; needs the build. Call `stop()` in `afterAll`. */
export async function startWholeApp(
  wanted: { seed?: number; orders?: number; replay?: string; httpsPort?: number } = {},
): Promise<WholeApp> {
  const { seed = 1, orders = 2_000, replay = null, httpsPort } = wanted;
  const options = {
    once: true,
    keep: true,
    reset: false,
    seed,
    orders,
    replay,
    shops: 1,
    live: null,
  };
  const place = await openPlace(options, resolve("."));
  const more = httpsPort === undefined ? {} : { httpsPort };
  const stack = await startStack(place, resolve("."), more).catch((error: unknown) => {
    place.clear();
    throw error;
  });
  const [shop] = await demoShops(stack);
  return {
    stack,
    shop,
    adminUrl: `${stack.simulators}/store/${shop.split(".")[0]}/apps/${place.settings.apiKey}`,
    async install() {
      await installShop(stack, shop);
      await watchHistory(stack, shop);
    },
    async metrics(range) {
      const { from, to } = range ?? (await wholeHistory(stack, shop));
      const url = `${stack.web}/api/shops/${shop}/metrics?from=${from}&to=${to}`;
      const token = await readToken(stack, shop);
      const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
      return shopMetricsSchema.parse(await answer.json());
    },
    async truth() {
      const answer = await fetch(`${stack.simulators}/_sim/shops/${shop}/orders.jsonl`);
      const lines = (await answer.text()).trimEnd().split("\n");
      return lines.map((line) => z.looseObject({}).parse(JSON.parse(line)));
    },
    async stop() {
      await stack.stop();
      place.clear();
    },
  };
}
