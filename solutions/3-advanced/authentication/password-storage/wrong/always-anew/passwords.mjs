// Each login stores a new hash.
import { createHash, randomBytes, scryptSync, timingSafeEqual } from "node:crypto";

const TODAY = { N: 16384, r: 8, p: 1 };

function digest(password, salt, settings) {
  return scryptSync(password, salt, 32, { ...settings, maxmem: 256 * settings.N * settings.r });
}

export function hashPassword(password) {
  const salt = randomBytes(16);
  const { N, r, p } = TODAY;
  return ["scrypt", N, r, p, salt.toString("hex"), digest(password, salt, TODAY).toString("hex")].join("$");
}

export function logIn(password, stored) {
  if (/^[0-9a-f]{64}$/.test(stored)) {
    const old = createHash("sha256").update(password).digest();
    return timingSafeEqual(old, Buffer.from(stored, "hex")) ? hashPassword(password) : null;
  }
  const [, N, r, p, salt, wanted] = stored.split("$");
  const settings = { N: Number(N), r: Number(r), p: Number(p) };
  const found = digest(password, Buffer.from(salt, "hex"), settings);
  if (!timingSafeEqual(found, Buffer.from(wanted, "hex"))) return null;
  return hashPassword(password);
}
