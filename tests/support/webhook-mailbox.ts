import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";

/** A delivery as it came: nothing parsed, since the signature is over the bytes. */
export interface Parcel {
  topic: string;
  path: string;
  headers: Record<string, string>;
  body: string;
}

/** Takes the stand-in's deliveries in the app's place and keeps them, to be handed on in any order. */
export class WebhookMailbox {
  readonly parcels: Parcel[] = [];

  private constructor(
    private readonly server: Server,
    /** What the stand-in takes for the app's origin. */
    readonly url: string,
  ) {}

  static async open(): Promise<WebhookMailbox> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const mailbox = new WebhookMailbox(server, `http://127.0.0.1:${port}`);
    server.on("request", async (request, response) => {
      const body = await text(request);
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      );
      const topic = headers["x-shopify-topic"] ?? "";
      mailbox.parcels.push({ topic, path: request.url ?? "", headers, body });
      response.writeHead(200).end();
    });
    return mailbox;
  }

  /** Waits until everything that the stand-in sent has come. */
  async complete(simulatorOrigin: string): Promise<void> {
    for (let tries = 0; tries < 500; tries += 1) {
      const answer = await fetch(`${simulatorOrigin}/_sim/webhooks`);
      const { deliveries } = (await answer.json()) as { deliveries: { delivered: boolean }[] };
      if (deliveries.every(({ delivered }) => delivered)) return;
      await sleep(20);
    }
    throw new Error("deliveries are still on their way");
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

/** A delivery as the app's route gets it. */
export function requestOf({ path, headers, body }: Parcel, appUrl: string): Request {
  return new Request(new URL(path, appUrl), { method: "POST", headers, body });
}
