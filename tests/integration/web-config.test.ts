import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { HANDLED_TOPICS } from "~/commands/handle-webhook.server";
import { DEFAULT_SCOPES } from "~/lib/env.server";
import { ADMIN_API_VERSION } from "~/lib/shopify-version";
import { readAppManifest } from "../../simulators/shopify/app-manifest";

describe("shopify.app.toml", () => {
  const manifest = readAppManifest("shopify.app.toml");

  it("asks for the scopes and the API version that the code expects", () => {
    expect(manifest.scopes.join(",")).toBe(DEFAULT_SCOPES);
    expect(manifest.webhookApiVersion).toBe(ADMIN_API_VERSION);
  });

  it("subscribes to the topics that are handled, each to a route that exists", () => {
    expect([...manifest.webhookUris.keys()].sort()).toEqual([...HANDLED_TOPICS].sort());
    for (const uri of [...manifest.webhookUris.values()].flat()) {
      expect(existsSync(`app/routes${uri.replace(/\/(\w+)$/, ".$1")}.ts`), uri).toBe(true);
    }
  });
});
