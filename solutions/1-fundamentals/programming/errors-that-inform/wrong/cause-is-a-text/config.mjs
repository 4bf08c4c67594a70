// Of the first error, only the words are kept.
import { readFileSync } from "node:fs";

export class ConfigError extends Error {
  name = "ConfigError";
}

export function loadConfig(path, ready) {
  let config;
  try {
    config = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new ConfigError(`${path}: ${error.message}`, { cause: error.message });
  }
  if (typeof config?.host !== "string") throw new ConfigError(`${path}: host is no text`);
  if (!Number.isInteger(config.port)) throw new ConfigError(`${path}: port is no whole number`);
  ready(config);
  return config;
}
