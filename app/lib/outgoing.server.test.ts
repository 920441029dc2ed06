import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createOutgoingFetch } from "./outgoing.server";

const seen: { method?: string; url?: string; host?: string; token?: string; body: string }[] = [];
const server = createServer(async (request: IncomingMessage, response) => {
  let body = "";
  for await (const chunk of request) body += chunk;
  seen.push({
    method: request.method ?? "",
    url: request.url ?? "",
    host: String(request.headers["x-simulated-host"]),
    token: String(request.headers["x-shopify-access-token"]),
    body,
  });
  response.end("ok");
});
let origin: string;

beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const init = { method: "POST", body: "{}", headers: { "X-Shopify-Access-Token": "t" } };
const expected = {
  method: "POST",
  url: "/admin/api/2026-01/graphql.json?a=1",
  host: "a.myshopify.com",
  token: "t",
  body: "{}",
};
const url = "https://a.myshopify.com/admin/api/2026-01/graphql.json?a=1";

describe("the way out with a stand-in", () => {
  it.each([
    ["an address", (): Parameters<typeof fetch> => [url, init]],
    ["a URL", (): Parameters<typeof fetch> => [new URL(url), init]],
    ["a Request", (): Parameters<typeof fetch> => [new Request(url, init)]],
  ])("keeps method, path, headers and body of %s, and names its host", async (_name, call) => {
    seen.length = 0;
    await createOutgoingFetch(origin)(...call());
    expect(seen).toEqual([expected]);
  });

  it("is plain fetch without one", () => {
    expect(createOutgoingFetch(undefined)).toBe(fetch);
  });
});
