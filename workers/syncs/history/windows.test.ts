import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { newHistory, type OrdersWindow } from "./checkpoint";
import { enterWindow, halvesOf, restartAll, searchOf } from "./windows";

const OLDEST = "2020-02-29T23:59:59Z";
const STARTED = "2026-11-20T12:00:00.000Z";
const WHOLE: OrdersWindow = { from: null, to: null };

describe("a window of orders", () => {
  it.each([
    [WHOLE, undefined],
    [{ from: STARTED, to: null }, `created_at:>='${STARTED}'`],
    [{ from: OLDEST, to: STARTED }, `created_at:>='${OLDEST}' AND created_at:<'${STARTED}'`],
  ])("%j is searched for as %s", (window, search) => {
    expect(searchOf({ field: "created_at" }, window)).toBe(search);
  });

  it("falls into halves that hold each second once, down to an hour, open at its ends", () => {
    const start = Date.parse(OLDEST);
    const span = Date.parse(STARTED) - start;
    fc.assert(
      fc.property(
        fc.integer({ min: -span, max: 2 * span }),
        fc.infiniteStream(fc.boolean()),
        (at, turns) => {
          const second = Math.round((start + at) / 1_000) * 1_000;
          let window = WHOLE;
          let depth = 0;
          for (const turn of turns) {
            let halves: [OrdersWindow, OrdersWindow];
            try {
              halves = halvesOf(window, { oldest: OLDEST, startedAt: STARTED });
            } catch (error) {
              expect(error).toMatchObject({ code: "BULK_WINDOW_TIMEOUT" });
              break;
            }
            const inside = [window, ...halves].map(({ from, to }) =>
              Number(
                (from === null || second >= Date.parse(from)) &&
                  (to === null || second < Date.parse(to)),
              ),
            );
            expect((inside[1] ?? 0) + (inside[2] ?? 0)).toBe(inside[0]);
            window = halves[turn ? 0 : 1];
            depth += 1;
          }
          expect(depth).toBeGreaterThan(10);
          expect(depth).toBeLessThan(20);
        },
      ),
    );
  });
});

describe("beginning every window anew", () => {
  it("loses none, forgets every operation, and keeps what Shopify refuses", () => {
    const checkpoint = newHistory(new Date(STARTED));
    const [first, second] = halvesOf(WHOLE, { oldest: OLDEST, startedAt: STARTED });
    checkpoint.ledger.refused = true;
    checkpoint.finished = [{ window: first, operationId: "1", roots: 7 }];
    enterWindow(checkpoint, second);
    expect(checkpoint).toMatchObject({ transformed: 7, phase: "BULK_WAIT", window: second });
    checkpoint.orders.id = "2";
    restartAll(checkpoint);
    expect(checkpoint).toMatchObject({
      window: first,
      windows: [second],
      finished: [],
      transformed: 0,
      orders: { id: null },
      ledger: { id: null, refused: true },
    });
  });
});
