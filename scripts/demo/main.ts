import { resolve } from "node:path";
import { connectMeta } from "./connect-meta";
import { demoShops, type HistorySeconds, installShop, watchHistory } from "./install";
import { type DemoOptions, readOptions, USAGE } from "./options";
import { readResult } from "./result";
import { say } from "./say";
import { openPlace } from "./settings";
import { startStack } from "./stack";

const root = resolve(import.meta.dirname, "../..");

/** Resolves at the first sign that the demo is to end; a lost parent counts as one. */
const asked = new Promise<"asked">((tell) => {
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const)
    process.on(signal, () => tell("asked"));
  process.on("disconnect", () => tell("asked"));
});

async function demo(options: DemoOptions): Promise<void> {
  const begun = Date.now();
  const place = await openPlace(options, root);
  try {
    const stack = await startStack(place, root, { live: options.live });
    try {
      await Promise.race([stack.failed, asked, show(stack, options, begun)]);
    } finally {
      say("Stopping …");
      await stack.stop();
    }
  } finally {
    place.clear();
  }
}

async function show(
  stack: Awaited<ReturnType<typeof startStack>>,
  options: DemoOptions,
  begun: number,
): Promise<void> {
  const ready = Math.round((Date.now() - begun) / 100) / 10;
  const [shop, ...others] = await demoShops(stack);
  const store = shop.replace(".myshopify.com", "");
  const address = `${stack.simulators}/store/${store}/apps/${stack.place.settings.apiKey}`;
  say(`Ready after ${ready} s. The app inside the stand-in admin:\n\n  ${address}\n`);
  const history = await openShop(stack, shop);
  for (const other of others) {
    say(`${other}:`);
    await openShop(stack, other);
  }
  const result = await readResult(stack, shop, { ready, ...history });
  if (options.once) process.stdout.write(`${JSON.stringify(result)}\n`);
  if (options.once && !options.keep) return;
  say(
    `${result.orders} orders, net sales ${result.net_sales} ${result.currency}, ad spend ${result.spend}, MER ${result.mer}.\n\n  ${address}\n`,
  );
  say(options.once ? "Ctrl-C stops everything." : "Ctrl-C stops everything; the data stays.");
  await asked;
}

/** Installs a shop, connects its ads while its orders come, and waits until both histories stand. */
async function openShop(
  stack: Awaited<ReturnType<typeof startStack>>,
  shop: string,
): Promise<HistorySeconds> {
  await installShop(stack, shop);
  const [history, connected] = await Promise.all([
    watchHistory(stack, shop),
    connectMeta(stack, shop),
  ]);
  if (connected) await watchHistory(stack, shop, "META");
  return history;
}

try {
  await demo(readOptions(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd()));
  process.exit(0);
} catch (error) {
  const wrongCall = error instanceof TypeError && "code" in error;
  const message = error instanceof Error ? error.message : String(error);
  say(`\nThe demo failed: ${message}${wrongCall ? `\n\n${USAGE}` : ""}`);
  process.exit(1);
}
