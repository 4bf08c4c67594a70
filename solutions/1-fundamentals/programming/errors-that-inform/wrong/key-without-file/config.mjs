import { readFileSync } from "node:fs";

export class ConfigError extends Error {}

export function loadConfig(path, ready) {
  let config;
  try {
    config = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new ConfigError(`cannot load ${path}`, { cause: error });
  }
  if (!config || Array.isArray(config) || typeof config !== "object") throw new ConfigError(`cannot load ${path}`);
  if (typeof config.host !== "string") throw new ConfigError(`host must be a text, not ${config.host}`);
  if (!Number.isInteger(config.port)) throw new ConfigError(`port must be a whole number, not ${config.port}`);
  ready(config);
  return config;
}
