import { parseArgs } from "node:util";
import { startShopifySimulator } from "./shopify/server";

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
  --replay FILE           a log of purchases instead of a seed
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
    replay: { type: "string" },
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
  const domain = `${values.shop}.myshopify.com`;
  const plan = values.plan === "standard" ? "standard" : "plus";
  const simulator = await startShopifySimulator({
    port: Number(values.port),
    ...(values["https-port"] ? { httpsPort: Number(values["https-port"]) } : {}),
    stateDir: values["state-dir"],
    apiKey: values["api-key"],
    apiSecret: values["api-secret"],
    appUrl: values["app-url"],
    ...(values["app-toml"] ? { appToml: values["app-toml"] } : {}),
    stores: [
      values.replay
        ? { kind: "replayed", options: { csv: values.replay, domain, plan } }
        : {
            kind: "generated",
            options: {
              seed: Number(values.seed),
              orders: Number(values.orders),
              days: Number(values.days),
              now: new Date(),
              domain,
              plan,
              currency: values.currency,
              ianaTimezone: values.timezone,
            },
          },
    ],
    report: (message) => console.error(message),
  });
  console.log(`Shopify stand-in: ${simulator.origin}`);
  if (simulator.httpsOrigin) console.log(`          https: ${simulator.httpsOrigin}`);
  console.log(`           shop: ${domain}`);
  console.log(`          admin: ${simulator.adminUrl(domain)}`);
  console.log(`     its truth: ${simulator.origin}/_sim/shops/${domain}/orders.jsonl`);
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
