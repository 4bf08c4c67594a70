// The keys and their rules are data, and reading is a function of its own: its one `try` may hold
// all of it, because nobody else's code runs in there.
import { readFile } from "node:fs/promises";

export class ConfigError extends Error {
  constructor(path, problem, { key, cause } = {}) {
    super(`${path}${key ? `, key ${key}` : ""}: ${problem}`, { cause });
    Object.assign(this, { path, key });
  }
}

const KEYS = {
  host: [(value) => typeof value === "string", "a text"],
  port: [Number.isInteger, "a whole number"],
};

async function read(path) {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch (cause) {
    throw new ConfigError(path, cause.message, { cause });
  }
}

export async function loadConfig(path, ready) {
  const config = await read(path);
  for (const [key, [rule, words]] of Object.entries(KEYS)) {
    if (!rule(config?.[key])) throw new ConfigError(path, `${words} is needed`, { key });
  }
  ready(config);
  return config;
}
