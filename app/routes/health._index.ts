/** Liveness: the process answers. It says nothing of what it depends on, so that a database's pause restarts nobody. */
export function loader(): Response {
  return Response.json({ status: "ok" }, { headers: { "Cache-Control": "no-store" } });
}
