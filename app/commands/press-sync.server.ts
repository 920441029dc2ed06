import { z } from "zod";
import type { TenantDb } from "~/lib/tenant-db.server";
import type { AskedSync } from "./ask-for-sync.server";
import { cancelSync } from "./cancel-sync.server";
import { pauseSync } from "./pause-sync.server";
import { rebuild } from "./rebuild.server";
import { requestSyncNow } from "./request-sync.server";
import { rereadOrder } from "./reread-order.server";
import { resumeSync } from "./resume-sync.server";
import { retrySync } from "./retry-sync.server";

const platform = z.enum(["SHOPIFY", "META"]);

/** What a person presses on the Sync page. */
export const pressSchema = z.union([
  z.object({ intent: z.enum(["sync", "rebuild", "pause", "resume"]), platform }),
  z.object({ intent: z.enum(["cancel", "retry"]), job_id: z.uuid() }),
  z.object({ intent: z.literal("reread"), order: z.string().trim().min(1).max(60) }),
]);
type Press = z.infer<typeof pressSchema>;

/** Does what was pressed, and answers what came of it in words for people. */
export async function pressSync(
  db: TenantDb,
  person: { shopId: string; userId: string },
  press: Press,
): Promise<string> {
  switch (press.intent) {
    case "sync":
      return said(
        await requestSyncNow(db, { ...person, platform: press.platform }),
        "Update started",
      );
    case "rebuild":
      return said(await rebuild(db, { ...person, platform: press.platform }), "Rebuild started");
    case "retry":
      return said(await retrySync(db, { ...person, jobId: press.job_id }), "Started again");
    case "resume":
      await resumeSync(db, { ...person, platform: press.platform });
      return "Resumed";
    case "pause":
      await pauseSync(db, { ...person, platform: press.platform });
      return "Paused";
    case "reread": {
      const actor = `user:${person.userId}`;
      const id = await rereadOrder(db, { shopId: person.shopId, actor, order: press.order });
      return id ? "The order is being read again" : "There is no order of that name here";
    }
    case "cancel":
      return (await cancelSync(db, { ...person, jobId: press.job_id }))
        ? "Canceled"
        : "That update had ended already";
  }
}

function said(asked: AskedSync | null, started: string): string {
  if (!asked) return "That cannot be tried again any more";
  return asked.accepted ? started : "Another update is running already";
}
