import { existsSync } from "node:fs";
import sparticuz from "@sparticuz/chromium";
import { type Browser, chromium } from "playwright-core";

const SYSTEM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Without the background flags Chromium hangs on a closed network. */
const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** What the npm build would switch off: one process that dies with its first page, and web security. */
const UNWANTED =
  /^--(single-process|no-zygote|disable-web-security|disable-site-isolation|allow-running-insecure)/;

/**
 * The system's Chromium, else the one in npm. With the port of a stand-in's HTTPS, Shopify's own
 * host names lead there, so that an app's unmodified Content-Security-Policy can be tested.
 */
export async function launchBrowser(shopifyHttpsPort?: number): Promise<Browser> {
  const system = SYSTEM.find((path) => existsSync(path));
  const to = (host: string) => `MAP ${host} 127.0.0.1:${shopifyHttpsPort}`;
  const hosts =
    shopifyHttpsPort === undefined
      ? []
      : [
          `--host-resolver-rules=${to("admin.shopify.com")}, ${to("cdn.shopify.com")}`,
          "--ignore-certificate-errors",
        ];
  return chromium.launch({
    executablePath: system ?? (await sparticuz.executablePath()),
    args: [
      ...(system ? [] : sparticuz.args.filter((flag) => !UNWANTED.test(flag))),
      ...QUIET,
      ...hosts,
    ],
  });
}
