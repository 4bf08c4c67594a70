// PBKDF2: it is everywhere, and needs many more rounds, since it takes no memory and runs well on graphics cards.
import { createHash, pbkdf2Sync, randomBytes, timingSafeEqual } from "node:crypto";

const ROUNDS = 600_000;

const same = (one, other) => one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));

function digest(password, salt, rounds) {
  return pbkdf2Sync(password, salt, 32, rounds, "sha256").toString("base64url");
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
