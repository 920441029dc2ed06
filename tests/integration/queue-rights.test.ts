import { afterAll, beforeAll, expect, test } from "vitest";
import { createQueueBackend } from "~/jobs/queue-backend.server";
import { createTestDatabase, type TestDatabase } from "../harness/database";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test("on Postgres, the web's role may put jobs on the queue and the worker's may take them", async () => {
  const web = createQueueBackend({ databaseUrl: database.urls.web });
  const worker = createQueueBackend({ databaseUrl: database.urls.worker });
  const queue = web.queue("rights");
  const taken: unknown[] = [];
  const processor = worker.worker("rights", 2, async (payload) => {
    taken.push(payload);
  });
  for (const delayMs of [0, 50]) {
    await queue.add({ id: `job-${delayMs}`, payload: { delayMs }, delayMs, priority: 1 });
  }
  await expect.poll(() => taken.length, { timeout: 10_000 }).toBe(2);
  await expect.poll(() => queue.size(), { timeout: 10_000 }).toBe(0);
  await processor.close();
  await queue.empty();
  await queue.close();
  await Promise.all([web.close(), worker.close()]);
});
