import { mkdtempSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import express, {
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
} from "express";
import { generate } from "selfsigned";
import { readAppManifest } from "./app-manifest";
import { resumeBulkOperations } from "./bulk/resume";
import { BulkRunner } from "./bulk/runner";
import { knownShop, type SimulatorContext } from "./context";
import { FaultBook } from "./faults/book";
import { adminSchema } from "./graphql/schema";
import { Buckets } from "./graphql/throttle";
import { goLive, LiveShops } from "./live/keep-ordering";
import { AuthorizationCodes } from "./oauth/codes";
import { DEFAULT_PACING, type ShopifySimulator, type SimulatorOptions } from "./options";
import { maskPath, RequestLog } from "./request-log";
import { adminApiRoutes } from "./routes/admin-api";
import { adminPageRoutes } from "./routes/admin-page";
import { hostOf } from "./routes/routing";
import { simRoutes } from "./routes/sim";
import { storageRoutes } from "./routes/storage";
import { SimulatorState } from "./state";
import { liveStores, openStores } from "./stores";
import { WebhookSender } from "./webhooks/sender";

/**
 * Starts the stand-in of Shopify: admin, OAuth, Admin API, result files, webhooks and `/_sim`, on
 * 127.0.0.1. State in `stateDir` makes a later start the same Shopify. Rejects when a port is taken.
 */
export async function startShopifySimulator(options: SimulatorOptions): Promise<ShopifySimulator> {
  const context = makeContext(options);
  const app = simulatorApp(context, options.beside ?? []);
  const server = await listening(createServer(app), options.port);
  const secure =
    options.httpsPort === undefined
      ? null
      : await listening(await tlsServer(app), options.httpsPort);
  resumeBulkOperations(context);
  for (const domain of context.shops.keys()) {
    const shop = knownShop(context, domain);
    if (shop && options.live !== undefined) goLive(context, shop, options.live);
  }
  const orders = new LiveShops(() => context);
  const origin = `http://127.0.0.1:${portOf(server)}`;
  return {
    origin,
    httpsOrigin: secure && `https://127.0.0.1:${portOf(secure)}`,
    adminUrl: (shop, path = "") =>
      `${origin}/store/${shop.replace(/\.myshopify\.com$/, "")}/apps/${options.apiKey}${path}`,
    async stop() {
      orders.stop();
      await Promise.all([context.bulk.stop(), context.webhooks.stop()]);
      await Promise.all([server, secure].map((one) => one && closed(one)));
      context.state.flush();
    },
  };
}

function makeContext(options: SimulatorOptions): SimulatorContext {
  const state = new SimulatorState(options.stateDir ?? mkdtempSync(join(tmpdir(), "shopify-sim-")));
  const now = options.now ?? (() => new Date());
  const manifest = readAppManifest(options.appToml);
  const report = options.report ?? (() => undefined);
  const shops = openStores(state, options.stores, report);
  const context: SimulatorContext = {
    apiKey: options.apiKey,
    apiSecret: options.apiSecret,
    appUrl: options.appUrl,
    appName: options.appName ?? manifest.name ?? "Merit",
    manifest,
    shops,
    live: liveStores(state, shops),
    state,
    schema: adminSchema(),
    buckets: new Buckets(now),
    bulk: new BulkRunner(() => context),
    webhooks: new WebhookSender(() => context),
    requests: new RequestLog(),
    faults: new FaultBook(),
    codes: new AuthorizationCodes(now),
    pacing: { ...DEFAULT_PACING, ...options.pacing },
    offlineTokenSeconds: options.offlineTokenSeconds ?? 3_600,
    now,
    report,
  };
  return context;
}

function simulatorApp(context: SimulatorContext, beside: RequestHandler[]): RequestListener {
  const app = express();
  app.disable("x-powered-by");
  for (const other of beside) app.use(other);
  app.use((request, response, next) => {
    const started = performance.now();
    response.on("finish", () => logged(context, request, response, started));
    next();
  });
  app.use("/_sim", simRoutes(context));
  app.use(adminApiRoutes(context));
  app.use(storageRoutes(context));
  app.use(adminPageRoutes(context));
  app.use((_request, response) => {
    response.status(404).json({ errors: "Not Found" });
  });
  app.use((error: unknown, request: Request, response: Response, next: NextFunction) => {
    context.report(`${request.method} ${maskPath(request.path)}: ${String(error)}`);
    if (response.headersSent) return next(error);
    response.status(clientFault(error) ? 400 : 500).json({ errors: String(error) });
  });
  return app;
}

function clientFault(error: unknown): boolean {
  return error instanceof SyntaxError || (error instanceof Error && error.name === "ZodError");
}

function logged(
  context: SimulatorContext,
  request: Request,
  response: Response,
  started: number,
): void {
  const { host, name } = hostOf(request);
  const { operation, token }: { operation?: string; token?: string } = response.locals;
  context.requests.add({
    at: context.now().toISOString(),
    method: request.method,
    host: name,
    path: maskPath(request.originalUrl),
    status: response.statusCode,
    ms: Math.round(performance.now() - started),
    shop: host === "shop" ? name : null,
    ...(operation ? { operation } : {}),
    ...(token ? { token } : {}),
  });
}

async function tlsServer(app: RequestListener): Promise<Server> {
  const pems = await generate([{ name: "commonName", value: "shopify.test" }], { keySize: 2048 });
  return createSecureServer({ key: pems.private, cert: pems.cert }, app);
}

async function listening(server: Server, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
