import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";
import { GraphQLError } from "graphql";
import type { BulkOperations, KnownShop, SimulatorContext } from "../context";
import { deliveredLines, endByFault, endsEarly } from "../faults/bulk-fault";
import type { BulkOperationRecord } from "./record";
import { bulkGid } from "./record";
import { rootsOf } from "./roots";

const URL_LIFE_MS = 7 * 86_400_000;
/** Longest stretch of work between two turns of the event loop. */
const SLICE_MS = 10;
/** How often a stuck operation looks whether it was cancelled. */
const STUCK_LOOK_MS = 20;

/** Runs bulk operations in the background, in slices, into files of the state folder. */
export class BulkRunner implements BulkOperations {
  private readonly running = new Set<Promise<void>>();
  private readonly stopping = new AbortController();

  constructor(private readonly context: () => SimulatorContext) {}

  start(shop: KnownShop, record: BulkOperationRecord): void {
    const run = this.run(shop, record).finally(() => this.running.delete(run));
    this.running.add(run);
  }

  file(hash: string): string {
    return join(this.context().state.dir, "bulk", `${hash}.jsonl`);
  }

  /** Stops all work; what was running starts anew when the stand-in is started again. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.running);
  }

  private async run(shop: KnownShop, record: BulkOperationRecord): Promise<void> {
    const context = this.context();
    const hash = randomBytes(16).toString("hex");
    const file = this.file(hash);
    try {
      await this.pause(context.pacing.bulkStartMs);
      if (this.stopping.signal.aborted) return;
      if (record.status === "CREATED") record.status = "RUNNING";
      context.state.changed();
      const started = Date.now();
      const bytes = await this.write(shop, record, file);
      const rest = context.pacing.bulkRunMs - (Date.now() - started);
      if (rest > 0 && record.status === "RUNNING") await this.pause(rest);
      while (record.fault?.kind === "bulk_stuck" && record.status === "RUNNING") {
        await this.pause(STUCK_LOOK_MS);
        if (this.stopping.signal.aborted) return;
      }
      if (this.stopping.signal.aborted) return;
      this.finish(record, hash, bytes);
    } catch (error) {
      context.report(`bulk operation: ${String(error)}`);
      const isDenied = error instanceof GraphQLError && error.extensions.code === "ACCESS_DENIED";
      record.status = "FAILED";
      record.errorCode = isDenied ? "ACCESS_DENIED" : "INTERNAL_SERVER_ERROR";
      record.failure = error instanceof Error ? error.message : String(error);
      record.completedAt = context.now().getTime();
    }
    if (record.hash === null) await rm(file, { force: true });
    context.state.changed();
    this.announce(shop, record);
  }

  private async write(shop: KnownShop, record: BulkOperationRecord, file: string): Promise<number> {
    const out = createWriteStream(file);
    let bytes = 0;
    let turn = performance.now();
    record.objectCount = 0;
    record.rootObjectCount = 0;
    try {
      for (const { lines, roots } of rootsOf(this.context(), shop, record)) {
        if (this.stopping.signal.aborted || record.status !== "RUNNING") break;
        const delivered = deliveredLines(record, lines);
        const chunk = Buffer.from(delivered.join(""));
        record.objectCount += endsEarly(record) ? delivered.length : lines.length;
        record.rootObjectCount += roots;
        bytes += chunk.length;
        if (!out.write(chunk)) await once(out, "drain");
        if (endsEarly(record)) break;
        if (performance.now() - turn > SLICE_MS) {
          await nextTurn();
          turn = performance.now();
        }
      }
    } finally {
      out.end();
      await finished(out);
    }
    return bytes;
  }

  private async pause(ms: number): Promise<void> {
    const { signal } = this.stopping;
    await sleep(ms, undefined, { signal, ref: false }).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }

  private finish(record: BulkOperationRecord, hash: string, bytes: number): void {
    const now = this.context().now().getTime();
    if (record.status === "CANCELING") {
      record.status = "CANCELED";
      return;
    }
    if (endByFault(record, { hash, bytes, now, urlLifeMs: URL_LIFE_MS })) return;
    record.status = "COMPLETED";
    record.completedAt = now;
    if (record.objectCount === 0) return;
    record.hash = hash;
    record.fileSize = bytes;
    record.urlExpiresAt = now + URL_LIFE_MS;
  }

  private announce(shop: KnownShop, record: BulkOperationRecord): void {
    const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());
    this.context().webhooks.send(shop.state.domain, "bulk_operations/finish", {
      admin_graphql_api_id: bulkGid(record.id),
      completed_at: iso(record.completedAt),
      created_at: iso(record.createdAt),
      error_code: record.errorCode?.toLowerCase() ?? null,
      status: record.status.toLowerCase(),
      type: "query",
    });
  }
}
