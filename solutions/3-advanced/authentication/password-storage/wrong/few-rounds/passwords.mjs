// The right function with the rounds of the year 2000.
import { createHash, pbkdf2Sync, randomBytes, timingSafeEqual } from "node:crypto";

const ROUNDS = 1_000;

const same = (one, other) => one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));

function digest(password, salt, rounds) {
  return pbkdf2Sync(password, salt, rounds, 32, "sha256").toString("base64url");
}

export function hashPassword(password) {
  const salt = randomBytes(16).toString("base64url");
  return `pbkdf2:sha256:${ROUNDS}$${salt}$${digest(password, salt, ROUNDS)}`;
}

export function logIn(password, stored) {
  if (!stored.startsWith("pbkdf2:")) {
    const old = createHash("sha256").update(password).digest("hex");
    return same(old, stored) ? hashPassword(password) : null;
  }
  const [name, salt, wanted] = stored.split("$");
  const rounds = Number(name.split(":")[2]);
  if (!same(digest(password, salt, rounds), wanted)) return null;
  return rounds >= ROUNDS ? stored : hashPassword(password);
}
