import { readFileSync } from "node:fs";

export class ConfigError extends Error {}

export function loadConfig(path, ready) {
  let config;
  try {
    config = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    if (error.code === "ENOENT") throw new ConfigError(`${path} does not exist`, { cause: error });
    if (error instanceof SyntaxError) throw new ConfigError(`${path}: ${error.message}`, { cause: error });
    throw error;
  }
  if (typeof config?.host !== "string") throw new ConfigError(`${path}: host must be a text`);
  if (!Number.isInteger(config.port)) throw new ConfigError(`${path}: port must be a whole number`);
  ready(config);
  return config;
}
