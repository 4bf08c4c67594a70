import { readFileSync } from "node:fs";

export class ConfigError extends Error {}

export function loadConfig(path, ready) {
  try {
    const config = JSON.parse(readFileSync(path, "utf8"));
    if (typeof config.host !== "string") throw new ConfigError(`${path}: host`);
    if (!Number.isInteger(config.port)) throw new ConfigError(`${path}: port`);
    ready(config);
    return config;
  } catch {
    return null;
  }
}
