import { z } from "zod";

/** The scopes the app asks for; `shopify.app.toml` names the same ones. */
export const DEFAULT_SCOPES =
  "read_orders,read_all_orders,read_products,read_customers,read_inventory,read_returns,read_reports";

const LOOPBACK_HOSTS = new Set(["127.0.0.1", "localhost", "[::1]"]);
const KEY_BYTES = 32;

const port = (fallback: number) => z.coerce.number().int().min(0).max(65_535).default(fallback);
const count = (fallback: number) => z.coerce.number().int().positive().default(fallback);
const postgresUrl = z
  .string()
  .regex(/^postgres(ql)?:\/\/[^/]+\/.+/, "must be a postgresql://user:password@host:port/name URL");
const httpUrl = z.url({ protocol: /^https?$/, error: "must be an http(s) URL" });

const credentialKeys = z.string().refine(
  (value) =>
    value.split(",").every((entry) => {
      const [keyId, key, ...rest] = entry.trim().split(":");
      return keyId && key && rest.length === 0 && Buffer.from(key, "base64").length === KEY_BYTES;
    }),
  "must be keyid:base64-of-32-bytes, several parted by commas (the first one encrypts)",
);

const schema = z.object({
  NODE_ENV: z
    .enum(["development", "test", "production"])
    .default("development")
    .describe("What kind of process this is."),
  HOST: z.string().min(1).default("0.0.0.0").describe("Address the web server listens on."),
  PORT: port(3000).describe("Port the web server listens on."),
  SHOPIFY_APP_URL: httpUrl.describe("Where the app is reached from outside, without a path."),
  SHOPIFY_API_KEY: z.string().min(1).describe("Client id of the Shopify app."),
  SHOPIFY_API_SECRET: z.string().min(1).describe("Client secret of the Shopify app."),
  SCOPES: z.string().min(1).default(DEFAULT_SCOPES).describe("Access scopes, comma-parted."),
  DATABASE_URL: postgresUrl.describe("Postgres for the web (may be a transaction pool)."),
  WORKER_DATABASE_URL: postgresUrl.describe("Postgres for the worker (session connections)."),
  MIGRATE_DATABASE_URL: postgresUrl
    .optional()
    .describe("Postgres as the owner of the schemas; only the db scripts use it."),
  DATABASE_POOL_SIZE: count(10).describe("Most connections one process opens."),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, "must be a redis:// URL")
    .optional()
    .describe("Queue on Redis when set, on Postgres when not."),
  CREDENTIAL_KEYS: credentialKeys.describe(
    "Keys that encrypt tokens: keyid:base64 of 32 bytes, comma-parted; the first one encrypts.",
  ),
  META_APP_ID: z
    .string()
    .regex(/^\d+$/, "must be the number that Meta gave the app")
    .optional()
    .describe("Id of the Meta app; without it and its secret nothing of Meta is shown."),
  META_APP_SECRET: z.string().min(1).optional().describe("Secret of the Meta app."),
  SIMULATOR_ORIGIN: httpUrl
    .optional()
    .describe("Origin of the stand-ins: all outgoing calls go there. Demo and tests only."),
  LOG_LEVEL: z
    .enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"])
    .default("info")
    .describe("Least level that is logged."),
  WORKER_CONCURRENCY: count(4).describe("Jobs one worker runs at once."),
  LEASE_SECONDS: count(30).describe("How long a job's lease lasts without renewal."),
  MAX_STALENESS_MINUTES: count(15).describe("Age of data after which an incremental sync is due."),
});

const META_PAIR = [
  ["META_APP_ID", "META_APP_SECRET"],
  ["META_APP_SECRET", "META_APP_ID"],
] as const;

/** The rules that concern several variables, on top of each one's own. */
const envSchema = schema.superRefine((value, context) => {
  for (const [given, missing] of META_PAIR) {
    if (value[given] === undefined || value[missing] !== undefined) continue;
    context.addIssue({ code: "custom", path: [missing], message: `goes with ${given}` });
  }
  if (value.NODE_ENV !== "production" || !value.SIMULATOR_ORIGIN) return;
  if (LOOPBACK_HOSTS.has(new URL(value.SIMULATOR_ORIGIN).hostname)) return;
  context.addIssue({
    code: "custom",
    path: ["SIMULATOR_ORIGIN"],
    message: "must be a loopback address when NODE_ENV is production",
  });
});

/** The variables with their kinds, defaults and descriptions, for documentation. */
export const envVariables = schema.shape;

export type Env = z.infer<typeof envSchema>;

/**
 * Checks a set of variables. An empty string counts as unset, as in most `.env` files.
 * Throws ONE error that names everything that is wrong, never a value.
 */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const result = envSchema.safeParse(present);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => {
    const name = issue.path.join(".");
    return `  ${name}: ${present[name] === undefined ? "is missing" : issue.message}`;
  });
  throw new Error(`The environment is not complete:\n${lines.join("\n")}\nSee docs/env.md.`);
}

let cached: Env | undefined;

/** This process's environment, checked at the first call. */
export function env(): Env {
  cached ??= parseEnv(process.env);
  return cached;
}
