// scrypt that works beside the program: while it computes, a service can answer others. The text is JSON.
import { createHash, randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

const derive = promisify(scrypt);
const TODAY = { N: 32768, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };

export async function hashPassword(password) {
  const salt = randomBytes(16).toString("base64");
  const hash = (await derive(password, salt, 32, TODAY)).toString("base64");
  return JSON.stringify({ kind: "scrypt", settings: TODAY, salt, hash });
}

export async function logIn(password, stored) {
  if (!stored.startsWith("{")) {
    const old = createHash("sha256").update(password).digest();
    return timingSafeEqual(old, Buffer.from(stored, "hex")) ? hashPassword(password) : null;
  }
  const { settings, salt, hash } = JSON.parse(stored);
  const right = timingSafeEqual(await derive(password, salt, 32, settings), Buffer.from(hash, "base64"));
  if (!right) return null;
  return settings.N >= TODAY.N ? stored : hashPassword(password);
}
