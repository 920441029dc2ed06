import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createSecretBox, hashToken } from "./crypto.server";

const newKey = () => randomBytes(32).toString("base64");
const old = `old:${newKey()}`;
const box = createSecretBox(old);
const aad = "shop_credentials:a.myshopify.com:access";

describe("createSecretBox", () => {
  test("gives back what it sealed, each time under a new IV", () => {
    const [one, two] = [box.encryptSecret("shpat_ä", aad), box.encryptSecret("shpat_ä", aad)];
    expect(box.decryptSecret(one, aad)).toBe("shpat_ä");
    expect(one.ciphertext.equals(two.ciphertext)).toBe(false);
    expect(one.ciphertext.includes("shpat")).toBe(false);
  });

  test("refuses a value that was moved to another row", () => {
    const sealed = box.encryptSecret("x", aad);
    expect(() => box.decryptSecret(sealed, "shop_credentials:b.myshopify.com:access")).toThrow();
  });

  test.each([0, 12, 28])("refuses a value altered at byte %i", (position) => {
    const sealed = box.encryptSecret("secret", aad);
    sealed.ciphertext[position] = (sealed.ciphertext[position] ?? 0) ^ 1;
    expect(() => box.decryptSecret(sealed, aad)).toThrow();
  });

  test("a new key in front encrypts; the old one still decrypts until it is taken away", () => {
    const sealed = box.encryptSecret("x", aad);
    const rotated = createSecretBox(`new:${newKey()},${old}`);
    expect(rotated.decryptSecret(sealed, aad)).toBe("x");
    expect(rotated.encryptSecret("x", aad).keyId).toBe("new");
    expect(() => createSecretBox(`new:${newKey()}`).decryptSecret(sealed, aad)).toThrow(/"old"/);
  });

  test.each(["", "k", "k:c2hvcnQ=", `${old},${old}`])("refuses the keys %j", (keys) => {
    expect(() => createSecretBox(keys)).toThrow(/CREDENTIAL_KEYS/);
  });
});

test("hashToken is SHA-256", () => {
  expect(hashToken("abc").toString("hex")).toBe(
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  );
});
