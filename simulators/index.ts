import { parseArgs } from "node:util";
import { adScale, defaultAccounts } from "./meta/default-accounts";
import type { AdAccountOptions } from "./meta/options";
import { startSimulators } from "./start";

const HELP = `npm run simulators -- [options]

  --port 4000             where it listens (127.0.0.1)
  --https-port N          also HTTPS, self-signed
  --state-dir DIR         what survives a restart (default .data/simulators)
  --api-key KEY           the app's client id (default merit-demo-key)
  --api-secret SECRET     the app's client secret (default merit-demo-secret)
  --app-url URL           the app (default http://127.0.0.1:3000)
  --app-toml FILE         the app's shopify.app.toml
  --shop HANDLE           HANDLE.myshopify.com (default merit-demo)
  --plan plus|standard    whose limits the shop has (default plus)
  --currency EUR --timezone Europe/Berlin
  --seed 1 --orders 20000 --days 730
  --shops 1               how many shops: HANDLE, HANDLE-2 …, each with the next seed and an ad account
  --replay FILE           a log of purchases instead of a seed
  --ads on|off            whether ads bring a part of a generated store's orders (default on)
  --live N                orders a minute that keep coming (at first none; remembered; 0 ends it)
  --meta-app-id ID --meta-app-secret SECRET
  --meta-redirect URI     where the login dialog may send back to (default APP-URL/meta/callback)
`;

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "4000" },
    "https-port": { type: "string" },
    "state-dir": { type: "string", default: ".data/simulators" },
    "api-key": { type: "string", default: "merit-demo-key" },
    "api-secret": { type: "string", default: "merit-demo-secret" },
    "app-url": { type: "string", default: "http://127.0.0.1:3000" },
    "app-toml": { type: "string" },
    shop: { type: "string", default: "merit-demo" },
    plan: { type: "string", default: "plus" },
    currency: { type: "string", default: "USD" },
    timezone: { type: "string", default: "America/New_York" },
    seed: { type: "string", default: "1" },
    orders: { type: "string", default: "20000" },
    days: { type: "string", default: "730" },
    shops: { type: "string", default: "1" },
    replay: { type: "string" },
    ads: { type: "string", default: "on" },
    live: { type: "string" },
    "meta-app-id": { type: "string", default: "700100200300400" },
    "meta-app-secret": { type: "string", default: "merit-demo-meta-secret" },
    "meta-redirect": { type: "string" },
    help: { type: "boolean", default: false },
  },
});

if (values.help) {
  console.log(HELP);
} else {
  await run().catch((error: unknown) => {
    console.error(`The stand-in did not start: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  });
}

async function run(): Promise<void> {
  const plan = values.plan === "standard" ? "standard" : "plus";
  const now = new Date();
  const shops = shopsOf(now);
  const report = (message: string) => console.error(message);
  const simulator = await startSimulators({
    stateDir: values["state-dir"],
    shopify: {
      port: Number(values.port),
      ...(values["https-port"] ? { httpsPort: Number(values["https-port"]) } : {}),
      apiKey: values["api-key"],
      apiSecret: values["api-secret"],
      appUrl: values["app-url"],
      ...(values["app-toml"] ? { appToml: values["app-toml"] } : {}),
      stores: shops.map(({ domain, seed, account }) =>
        values.replay
          ? { kind: "replayed", options: { csv: values.replay, domain, plan } }
          : {
              kind: "generated",
              options: {
                seed,
                orders: Number(values.orders),
                days: Number(values.days),
                now,
                domain,
                plan,
                currency: values.currency,
                ianaTimezone: values.timezone,
                ...(values.ads === "on" ? { ads: account.plan } : {}),
              },
            },
      ),
      ...(values.live === undefined ? {} : { live: Number(values.live) }),
      report,
    },
    meta: {
      appId: values["meta-app-id"],
      appSecret: values["meta-app-secret"],
      redirectUris: [values["meta-redirect"] ?? `${values["app-url"]}/meta/callback`],
      accounts: [...shops.map(({ account }) => account), ...foreignAccounts(now)],
      report,
    },
  });
  console.log(`Shopify stand-in: ${simulator.origin}`);
  if (simulator.httpsOrigin) console.log(`          https: ${simulator.httpsOrigin}`);
  for (const { domain, account } of shops) {
    console.log(`           shop: ${domain}`);
    console.log(`          admin: ${simulator.adminUrl(domain)}`);
    console.log(`     its truth: ${simulator.origin}/_sim/shops/${domain}/orders.jsonl`);
    console.log(
      `        its ads: ${simulator.origin}/_sim/ad-accounts/${account.id}/insights.jsonl`,
    );
  }
  console.log(`  Meta stand-in: ${simulator.origin}/v25.0/dialog/oauth`);
  const stop = () => {
    simulator.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
}

interface ShopAndAds {
  domain: string;
  seed: number;
  /** Advertises for the shop, in its currency and at its size. */
  account: AdAccountOptions;
}

/** The shops asked for, the first under the plain handle, each with an ad account as old as its store. */
function shopsOf(now: Date): ShopAndAds[] {
  const days = Number(values.days);
  const { currency, timezone: zone } = values;
  const scale = adScale(Number(values.orders) / days, currency);
  return Array.from({ length: Number(values.shops) }, (_, place) => {
    const seed = Number(values.seed) + place;
    const handle = place === 0 ? values.shop : `${values.shop}-${place + 1}`;
    const own = defaultAccounts(now, days, seed)[0];
    if (!own) throw new Error("The stand-in has no ad account to begin with.");
    return {
      domain: `${handle}.myshopify.com`,
      seed,
      account: {
        ...own,
        id: String(BigInt(own.id) + BigInt(place)),
        name: place === 0 ? own.name : `${own.name} (${handle})`,
        plan: { ...own.plan, currency, zone, scale },
      },
    };
  });
}

/** What else the person sees: other currencies and zones, and an account that Meta disabled. */
function foreignAccounts(now: Date): AdAccountOptions[] {
  return defaultAccounts(now, Number(values.days), Number(values.seed)).slice(1);
}
