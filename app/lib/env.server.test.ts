import { describe, expect, test } from "vitest";
import { DEFAULT_SCOPES, parseEnv } from "./env.server";

const key = Buffer.alloc(32, 7).toString("base64");
const complete = {
  SHOPIFY_APP_URL: "https://merit.example",
  SHOPIFY_API_KEY: "key",
  SHOPIFY_API_SECRET: "secret",
  DATABASE_URL: "postgresql://web:pw@localhost:5432/merit",
  WORKER_DATABASE_URL: "postgresql://worker:pw@localhost:5432/merit",
  CREDENTIAL_KEYS: `k1:${key}`,
};

describe("parseEnv", () => {
  test("fills in the defaults and reads numbers", () => {
    const env = parseEnv({ ...complete, PORT: "8080", REDIS_URL: "" });
    expect(env).toMatchObject({ PORT: 8080, HOST: "0.0.0.0", SCOPES: DEFAULT_SCOPES });
    expect(env.REDIS_URL).toBeUndefined();
  });

  test("names everything that is wrong in one message, and no value", () => {
    const attempt = () =>
      parseEnv({ ...complete, DATABASE_URL: "mysql://root:hunter2@x/y", SHOPIFY_API_SECRET: "" });
    expect(attempt).toThrow(/DATABASE_URL: must be a postgresql[\s\S]*|SHOPIFY_API_SECRET/);
    expect(attempt).toThrow(/SHOPIFY_API_SECRET: is missing/);
    expect(attempt).not.toThrow(/hunter2/);
  });

  test.each(["k1", `k1:${key},`, "k1:c2hvcnQ=", `:${key}`, ""])("refuses the keys %j", (keys) => {
    expect(() => parseEnv({ ...complete, CREDENTIAL_KEYS: keys })).toThrow(/CREDENTIAL_KEYS/);
  });

  test("takes the Meta app whole or not at all", () => {
    expect(parseEnv(complete).META_APP_ID).toBeUndefined();
    expect(() => parseEnv({ ...complete, META_APP_ID: "123" })).toThrow(/META_APP_SECRET/);
    expect(() => parseEnv({ ...complete, META_APP_SECRET: "x" })).toThrow(/META_APP_ID/);
    const whole = { ...complete, META_APP_ID: "123", META_APP_SECRET: "x" };
    expect(parseEnv(whole)).toMatchObject({ META_APP_ID: "123", META_APP_SECRET: "x" });
  });

  test.each([
    ["https://stand-in.example", true],
    ["http://127.0.0.1:4000", false],
    ["http://127.0.0.1.evil.example", true],
  ])("in production, a simulator at %s is refused: %s", (origin, refused) => {
    const attempt = () =>
      parseEnv({ ...complete, NODE_ENV: "production", SIMULATOR_ORIGIN: origin });
    if (refused) expect(attempt).toThrow(/loopback/);
    else expect(attempt).not.toThrow();
  });
});
