import { checkReadiness } from "~/commands/check-readiness.server";

/** Readiness: 200 when database, queue and a worker are there, else 503; `parts` says which is not. */
export async function loader(): Promise<Response> {
  const { ready, parts } = await checkReadiness();
  return Response.json(
    { status: ready ? "ready" : "not ready", parts },
    { status: ready ? 200 : 503, headers: { "Cache-Control": "no-store" } },
  );
}
