import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";

const ALGORITHM = "aes-256-gcm";
const IV_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

/** An encrypted value as it is stored: IV, tag and text in one, and the key that made it. */
export interface SealedSecret {
  ciphertext: Buffer;
  keyId: string;
}

export interface SecretBox {
  /** Id of the key that encrypts now; values under another one are due for re-encryption. */
  readonly currentKeyId: string;
  /** `aad` binds the value to its row, for example `shop_credentials:<shop>:access`. */
  encryptSecret(plain: string, aad: string): SealedSecret;
  /** Throws when the key is unknown, the value was altered, or it belongs to another row. */
  decryptSecret(sealed: { ciphertext: Uint8Array; keyId: string }, aad: string): string;
}

function parseKeys(keys: string): Map<string, Buffer> {
  const parsed = new Map<string, Buffer>();
  for (const entry of keys.split(",")) {
    const [keyId, base64] = entry.trim().split(":");
    const key = Buffer.from(base64 ?? "", "base64");
    if (!keyId || key.length !== KEY_BYTES) {
      throw new Error("CREDENTIAL_KEYS must be keyid:base64-of-32-bytes, parted by commas.");
    }
    if (parsed.has(keyId)) throw new Error(`CREDENTIAL_KEYS names the key "${keyId}" twice.`);
    parsed.set(keyId, key);
  }
  return parsed;
}

/** AES-256-GCM over the keys of CREDENTIAL_KEYS: the first encrypts, every one decrypts. */
export function createSecretBox(keysString: string): SecretBox {
  const keys = parseKeys(keysString);
  const [first] = keys;
  if (!first) throw new Error("CREDENTIAL_KEYS holds no key.");
  const [currentKeyId, currentKey] = first;
  return {
    currentKeyId,
    encryptSecret(plain, aad) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(ALGORITHM, currentKey, iv).setAAD(Buffer.from(aad));
      const text = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
      return {
        ciphertext: Buffer.concat([iv, cipher.getAuthTag(), text]),
        keyId: currentKeyId,
      };
    },
    decryptSecret({ ciphertext, keyId }, aad) {
      const key = keys.get(keyId);
      if (!key) throw new Error(`CREDENTIAL_KEYS has no key "${keyId}".`);
      const bytes = Buffer.from(ciphertext);
      const tagEnd = IV_BYTES + TAG_BYTES;
      const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, IV_BYTES), {
        authTagLength: TAG_BYTES,
      })
        .setAAD(Buffer.from(aad))
        .setAuthTag(bytes.subarray(IV_BYTES, tagEnd));
      return decipher.update(bytes.subarray(tagEnd), undefined, "utf8") + decipher.final("utf8");
    },
  };
}

/** SHA-256 of a random token. Such a token needs no salt: it cannot be guessed from its hash. */
export function hashToken(token: string): Buffer {
  return createHash("sha256").update(token, "utf8").digest();
}
