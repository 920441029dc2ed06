const TITLES: Record<number, string> = {
  400: "Bad request",
  401: "Not authenticated",
  404: "Not found",
  405: "Method not allowed",
  413: "Too large",
  500: "Internal error",
  503: "Not available",
};

export interface Problem {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** An error as RFC 9457 problem details; `detail` is for people and must hold no secret. */
export function problem(
  status: number,
  detail: string,
  extra: Record<string, unknown> = {},
): Problem {
  return {
    status,
    headers: { "Content-Type": "application/problem+json", "Cache-Control": "no-store" },
    body: JSON.stringify({
      type: "about:blank",
      title: TITLES[status] ?? "Error",
      status,
      detail,
      ...extra,
    }),
  };
}

/** The same as a `Response`, for routes. */
export function problemResponse(
  status: number,
  detail: string,
  extra?: Record<string, unknown>,
): Response {
  const { body, headers } = problem(status, detail, extra);
  return new Response(body, { status, headers });
}
