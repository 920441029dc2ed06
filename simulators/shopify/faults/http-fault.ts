import type { Request, Response } from "express";
import type { Fault } from "./book";

/**
 * Answers a call as a fault wants: Shopify's own refusals, a gateway's page, or no answer at all.
 * A call that gets no answer is held until its caller or the stand-in ends.
 */
export function answerFault(fault: Fault, request: Request, response: Response): void {
  const retryAfter = fault.retry_after.toFixed(1);
  switch (fault.kind) {
    case "http_429": {
      const errors = "Exceeded 2 calls per second for api client. Reduce request rates to resume.";
      response.status(429).set("Retry-After", retryAfter).json({ errors });
      break;
    }
    case "http_5xx":
      if (fault.status === 503) response.set("Retry-After", retryAfter);
      response.status(fault.status).json({ errors: "Internal Server Error" });
      break;
    case "html_answer":
      response.type("html").send("<!DOCTYPE html><title>Something went wrong</title>");
      break;
    case "connection_cut":
      request.socket.destroy();
      break;
    default:
      // A time-out: the socket stays open and silent.
      break;
  }
}
