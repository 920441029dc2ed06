import { expect, it } from "vitest";
import { DefectError } from "~/lib/errors";
import { createShrinking } from "./shrinking-batches";

/** A document of which `most` fit into one query; notes what was asked for. */
function limited(most: number) {
  const asked: number[] = [];
  const read = (size: number) => {
    asked.push(size);
    if (size <= most) return Promise.resolve(size);
    return Promise.reject(new DefectError("too dear", { code: "SHOPIFY_MAX_COST", task: "t" }));
  };
  return { asked, read };
}

it("halves what costs too much, and never asks for so much of this document again", async () => {
  const { asked, read } = limited(4);
  expect(await createShrinking("document 1", 24)(read)).toBe(3);
  expect(asked).toEqual([24, 12, 6, 3]);
  expect(await createShrinking("document 1", 24)(read)).toBe(3);
  expect(asked).toEqual([24, 12, 6, 3, 3]);
});

it("leaves every other document at its own size, and never asks for more than is wanted", async () => {
  const { asked, read } = limited(6);
  await createShrinking("document 2", 12)(read);
  await createShrinking("document 3", 6)(read);
  await createShrinking("document 2", 2)(read);
  expect(asked).toEqual([12, 6, 6, 2]);
});

it("gives up when even one is too much, and with every other error at once", async () => {
  const none = limited(0);
  await expect(createShrinking("document 4", 2)(none.read)).rejects.toThrow("too dear");
  expect(none.asked).toEqual([2, 1]);
  const lost = createShrinking("document 5", 24)(() => Promise.reject(new Error("cut")));
  await expect(lost).rejects.toThrow("cut");
});
