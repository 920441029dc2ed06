import { expect, test } from "vitest";
import { createLogger } from "./logger.server";

test("no secret leaves: fields, bindings, messages, errors; shop and job stay", () => {
  const lines: string[] = [];
  const logger = createLogger({
    level: "info",
    destination: { write: (line) => void lines.push(line) },
  });
  const child = logger.child({ shop: "a.myshopify.com", job: "j1", token: "PLANTED" });
  const cause = new Error("refresh_token=PLANTED", { cause: new Error("shpat_PLANTED") });
  child.error(
    { err: Object.assign(cause, { refreshToken: "PLANTED" }), url: "/x?refresh_token=PLANTED" },
    "failed with Bearer PLANTEDPLANTED",
  );
  child.info({ headers: { Authorization: "PLANTED" } }, "at /app?id_token=PLANTED");
  const output = lines.join("");
  expect(lines).toHaveLength(2);
  expect(output.match(/PLANTED/g) ?? []).toEqual([]);
  expect(JSON.parse(lines[1] ?? "")).toMatchObject({
    level: "info",
    shop: "a.myshopify.com",
    job: "j1",
  });
});
