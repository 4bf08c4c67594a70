// A longer hash, as fast and as unsalted as the old one.
import { createHash } from "node:crypto";

const sha = (bits, text) => createHash(`sha${bits}`).update(text).digest("hex");

export const hashPassword = (password) => sha(512, password);

export function logIn(password, stored) {
  if (stored.length === 64) return sha(256, password) === stored ? hashPassword(password) : null;
  return hashPassword(password) === stored ? stored : null;
}
