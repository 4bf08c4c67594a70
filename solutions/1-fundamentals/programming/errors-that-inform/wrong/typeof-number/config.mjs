import { readFileSync } from "node:fs";

export class ConfigError extends Error {}

export function loadConfig(path, ready) {
  let config;
  try {
    config = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new ConfigError(`${path}: ${error.message}`, { cause: error });
  }
  if (typeof config?.host !== "string") throw new ConfigError(`${path}: host must be a text`);
  if (typeof config.port !== "number") throw new ConfigError(`${path}: port must be a number`);
  ready(config);
  return config;
}
