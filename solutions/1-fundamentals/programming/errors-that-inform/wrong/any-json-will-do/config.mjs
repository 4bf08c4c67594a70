// What can be parsed is taken for an object: the keys are looked at only where there are some.
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
  if (config?.host !== undefined && typeof config.host !== "string") throw new ConfigError(`${path}: host is no text`);
  if (config?.port !== undefined && !Number.isInteger(config.port)) throw new ConfigError(`${path}: port is no number`);
  ready(config);
  return config;
}
