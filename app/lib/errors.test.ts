import { describe, expect, test } from "vitest";
import { DefectError, NeedsUserError, RetryableError, toJobError } from "./errors";

/** As Prisma's adapter throws what Postgres said: the cause is no Error. */
const driverError = (code: string) =>
  Object.assign(new Error("the database said so"), {
    name: "DriverAdapterError",
    cause: { kind: "postgres", code, originalCode: code },
  });

describe("toJobError", () => {
  test.each([
    [new RetryableError("slow down", { code: "THROTTLED", task: "page" }), "THROTTLED", true],
    [new NeedsUserError("sign in again", { code: "TOKEN_DEAD" }), "TOKEN_DEAD", false],
    [new DefectError("wrong", { code: "BAD_ROW" }), "BAD_ROW", false],
    [Object.assign(new Error("gone"), { code: "ECONNRESET" }), "ECONNRESET", true],
    [new Error("outer", { cause: Object.assign(new Error(), { code: "57P01" }) }), "57P01", true],
    [driverError("57P01"), "57P01", true],
    [driverError("23514"), "UNEXPECTED", false],
    [
      Object.assign(new Error("Raw query failed."), {
        code: "P2010",
        meta: { driverAdapterError: driverError("57P02") },
      }),
      "57P02",
      true,
    ],
    [new Error("Connection terminated unexpectedly"), "CONNECTION_LOST", true],
    [new Error("timeout exceeded when trying to connect"), "CONNECT_TIMEOUT", true],
    [new Error("who knows"), "UNEXPECTED", false],
    ["a thrown text", "UNEXPECTED", false],
  ])("%s → %s, retryable %s", (error, code, retryable) => {
    expect(toJobError(error)).toMatchObject({ code, retryable });
  });

  test("keeps the task and carries no secret", () => {
    const error = new RetryableError("refused shpat_abc", { code: "X", task: "bulk" });
    expect(toJobError(error)).toEqual({
      code: "X",
      message: "refused [redacted]",
      task: "bulk",
      retryable: true,
    });
  });
});
