import { expect, test } from "vitest";
import { cdnowToLog } from "./cdnow-to-log";

test("a purchase becomes an order of one line whose price is the dollars paid", () => {
  const log = cdnowToLog(" 00004 0001 19970101  2   29.33\r\n 00021 0002 19971213  1    0.00\r\n");
  expect(log.split("\n").slice(1)).toEqual([
    "sale,CDNOW-1,1997-01-01T12:00:00+00:00,00004,,1,CD,2 CDs,1,29.33,USD,",
    "sale,CDNOW-2,1997-12-13T12:00:00+00:00,00021,,1,CD,1 CDs,1,0.00,USD,",
    "",
  ]);
});

test("a line of another form is named", () => {
  expect(() => cdnowToLog("00004 0001 1997-01-01 2 29.33")).toThrow("line 1");
});
