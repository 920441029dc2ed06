import { mkdtempSync, writeFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";

interface ReceivedWebhook {
  topic: string;
  headers: IncomingHttpHeaders;
  body: Record<string, unknown>;
}

/** An app that takes every webhook and says yes. */
export class ReceivingApp {
  readonly received: ReceivedWebhook[] = [];

  private constructor(
    private readonly server: Server,
    readonly url: string,
    readonly toml: string,
  ) {}

  static async start(topics: string[]): Promise<ReceivingApp> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const toml = join(mkdtempSync(join(tmpdir(), "sim-toml-")), "shopify.app.toml");
    const list = topics.map((topic) => `"${topic}"`).join(", ");
    writeFileSync(
      toml,
      `[webhooks]\napi_version = "2026-01"\n[[webhooks.subscriptions]]\ntopics = [${list}]\nuri = "/webhooks/data"\n`,
    );
    const { port } = server.address() as AddressInfo;
    const app = new ReceivingApp(server, `http://127.0.0.1:${port}`, toml);
    server.on("request", async (request, response) => {
      const body = JSON.parse(await text(request));
      const topic = String(request.headers["x-shopify-topic"]);
      app.received.push({ topic, headers: request.headers, body });
      response.writeHead(200).end();
    });
    return app;
  }

  /** The topics that came, sorted: the order of arrival is nobody's promise. */
  private topics(): string[] {
    return this.received.map((one) => one.topic).sort();
  }

  /** The first body of a topic, as soon as it has come. */
  async body(topic: string): Promise<Record<string, unknown>> {
    for (let turn = 0; turn < 300; turn += 1) {
      const found = this.received.find((one) => one.topic === topic);
      if (found) return found.body;
      await sleep(10);
    }
    throw new Error(`no webhook ${topic} came, but ${this.topics().join(", ")}`);
  }

  async until(count: number): Promise<void> {
    for (let turn = 0; turn < 300 && this.received.length < count; turn += 1) await sleep(10);
    if (this.received.length < count) {
      throw new Error(`${this.received.length} of ${count} came: ${this.topics().join(", ")}`);
    }
  }

  /** Waits for so many bodies whose id this is. */
  async untilAbout(id: number, count: number): Promise<void> {
    const mine = () => this.received.filter((one) => one.body.id === id).length;
    for (let turn = 0; turn < 300 && mine() < count; turn += 1) await sleep(10);
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
