import { describe, expect, it } from "vitest";
import { DefectError, NeedsUserError, RetryableError, ThrottledError } from "~/lib/errors";
import { errorOfRefusal } from "./graph-errors";
import { askedWaitMs } from "./usage-headers";

const of = (code: number, error_subcode?: number, more: object = {}, waitMs?: number) =>
  errorOfRefusal(
    { code, message: `refused with ${code}`, ...(error_subcode ? { error_subcode } : {}), ...more },
    { task: "test", ...(waitMs === undefined ? {} : { waitMs }) },
  );

describe("errorOfRefusal", () => {
  it.each([
    [1, undefined, RetryableError, "META_1"],
    [2, undefined, RetryableError, "META_2"],
    [2, 1504038, RetryableError, "META_TOO_MUCH_DATA"],
    [100, 1504018, RetryableError, "META_TOO_MUCH_DATA"],
    [2, 1504043, RetryableError, "META_2_1504043"],
    [2, 1504041, DefectError, "META_2_1504041"],
    [2, 1504042, DefectError, "META_2_1504042"],
    [2, 1504044, DefectError, "META_2_1504044"],
    [-2, 2490547, RetryableError, "META_REPORT_FAILED"],
    [-3, 1504045, RetryableError, "META_TOO_MUCH_DATA"],
    [100, 1487534, RetryableError, "META_TOO_MUCH_DATA"],
    [100, 3191001, NeedsUserError, "META_RECONNECT"],
    [100, 33, NeedsUserError, "META_RECONNECT"],
    [100, undefined, DefectError, "META_100"],
    [4, 1504022, ThrottledError, "META_4_1504022"],
    [17, 2446079, ThrottledError, "META_17_2446079"],
    [32, undefined, ThrottledError, "META_32"],
    [613, 1487742, ThrottledError, "META_613_1487742"],
    [80000, undefined, ThrottledError, "META_80000"],
    [80014, undefined, ThrottledError, "META_80014"],
    [190, 463, NeedsUserError, "META_RECONNECT"],
    [190, 460, NeedsUserError, "META_RECONNECT"],
    [102, undefined, NeedsUserError, "META_RECONNECT"],
    [10, undefined, NeedsUserError, "META_RECONNECT"],
    [200, undefined, NeedsUserError, "META_RECONNECT"],
    [294, undefined, NeedsUserError, "META_RECONNECT"],
    [368, undefined, NeedsUserError, "META_BLOCKED"],
    [104, undefined, DefectError, "META_104"],
    [2500, undefined, DefectError, "META_2500"],
    [2601, undefined, RetryableError, "META_2601"],
    [2635, undefined, DefectError, "META_2635"],
    [3018, undefined, DefectError, "META_3018"],
  ])("%i/%s", (code, subcode, kind, name) => {
    const error = of(code, subcode);
    expect(error).toBeInstanceOf(kind);
    expect(error).toMatchObject({ code: name, task: "test" });
  });

  it("knows too much data by its words, whatever the code", () => {
    const message = "Please reduce the amount of data you're asking for, then retry your request";
    expect(of(1, undefined, { message }).code).toBe("META_TOO_MUCH_DATA");
  });

  it("tries again what Meta calls transient, and never a wrong app secret", () => {
    expect(of(190, undefined, { is_transient: true })).toBeInstanceOf(RetryableError);
    expect(of(1, undefined, { message: "Error validating client secret." })).toBeInstanceOf(
      DefectError,
    );
  });

  it("waits as long as Meta asks, and a while where it does not say", () => {
    expect(of(17, 2446079, {}, 90_000).retryAfterMs).toBe(90_000);
    expect(of(17, 2446079).retryAfterMs).toBe(120_000);
    expect(of(613, 1487632).retryAfterMs).toBe(3_600_000);
    expect(of(2, undefined).retryAfterMs).toBeUndefined();
  });
});

describe("askedWaitMs", () => {
  it.each([
    [{}, null],
    [
      {
        "x-business-use-case-usage": JSON.stringify({
          "1": [{ type: "ads_insights", call_count: 100, estimated_time_to_regain_access: 7 }],
          "2": [{ type: "ads_management", estimated_time_to_regain_access: 3 }],
        }),
      },
      420_000,
    ],
    [
      {
        "x-ad-account-usage": JSON.stringify({ acc_id_util_pct: 100, reset_time_duration: 45 }),
      },
      45_000,
    ],
    [
      {
        "x-ad-account-usage": JSON.stringify({ acc_id_util_pct: 9.67, reset_time_duration: 100 }),
      },
      null,
    ],
    [{ "x-business-use-case-usage": "not JSON", "retry-after": "5" }, 5_000],
  ])("%j", (headers, ms) => {
    expect(askedWaitMs(new Headers(headers))).toBe(ms);
  });
});
