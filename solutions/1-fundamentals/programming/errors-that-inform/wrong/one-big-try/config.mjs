import { readFileSync } from "node:fs";

export class ConfigError extends Error {}

export function loadConfig(path, ready) {
  try {
    const config = JSON.parse(readFileSync(path, "utf8"));
    if (typeof config.host !== "string") throw new Error("host must be a text");
    if (!Number.isInteger(config.port)) throw new Error("port must be a whole number");
    ready(config);
    return config;
  } catch (error) {
    throw new ConfigError(`${path}: ${error.message}`, { cause: error });
  }
}
