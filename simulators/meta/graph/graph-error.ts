import { createHash, randomBytes } from "node:crypto";
import { type ErrorText, textOf } from "./error-table";

/** An answer of refusal, as the Graph API writes it. */
export class GraphError extends Error {
  readonly status: number;

  constructor(
    readonly code: number,
    readonly subcode: number | null = null,
    private readonly given: Partial<ErrorText> = {},
  ) {
    const text = { ...textOf(code, subcode), ...given };
    super(text.message);
    this.status = text.status;
  }

  /** `{error: {…}}`, keys in Meta's order. */
  body(): { error: Record<string, unknown> } {
    const text = { ...textOf(this.code, this.subcode), ...this.given };
    return {
      error: {
        message: text.message,
        type: text.type,
        ...(text.transient === undefined ? {} : { is_transient: text.transient }),
        code: this.code,
        ...(this.subcode === null ? {} : { error_subcode: this.subcode }),
        ...(text.title ? { error_user_title: text.title } : {}),
        ...(text.userMessage ? { error_user_msg: text.userMessage } : {}),
        fbtrace_id: traceId(),
      },
    };
  }
}

/** `(#100) …`: a parameter that is missing, unknown or wrong. */
export function invalidParameter(message: string): GraphError {
  return new GraphError(100, null, { message: `(#100) ${message}` });
}

/** What Meta says of anything it does not have, or does not show to the asker. */
export function unsupportedObject(method: string, id: string): GraphError {
  const verb = method.toLowerCase();
  return new GraphError(100, 33, {
    message: `Unsupported ${verb} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api`,
    type: "GraphMethodException",
  });
}

function traceId(): string {
  const digest = createHash("sha256").update(randomBytes(16)).digest("base64");
  return `A${digest.replace(/[^A-Za-z0-9]/g, "").slice(0, 22)}`;
}
