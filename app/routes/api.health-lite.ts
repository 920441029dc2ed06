import { checkDatabase } from "~/commands/check-readiness.server";
import { problemResponse } from "~/lib/problem";

/** `{db: "ok"}` once the database has answered `select now()`. */
export async function loader(): Promise<Response> {
  if ((await checkDatabase()) !== "ok") {
    return problemResponse(503, "The database does not answer.", { db: "unreachable" });
  }
  return Response.json({ db: "ok" }, { headers: { "Cache-Control": "no-store" } });
}
