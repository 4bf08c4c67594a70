import { readFileSync } from "node:fs";

export class ConfigError extends Error {}

export function loadConfig(path, ready) {
  let config;
  try {
    config = JSON.parse(readFileSync(path, "utf8"));
  } catch {
    throw new ConfigError(`${path} is missing or is no JSON`);
  }
  if (typeof config?.host !== "string") throw new ConfigError(`${path}: host must be a text`);
  if (!Number.isInteger(config.port)) throw new ConfigError(`${path}: port must be a whole number`);
  ready(config);
  return config;
}
