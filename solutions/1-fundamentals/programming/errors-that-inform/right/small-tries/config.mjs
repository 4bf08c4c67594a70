// Two small `try` blocks, each with the one line whose failure it can explain. `ready` is outside.
import { readFileSync } from "node:fs";

export class ConfigError extends Error {
  name = "ConfigError";
}

export function loadConfig(path, ready) {
  let text, config;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new ConfigError(`${path} cannot be read: ${error.message}`, { cause: error });
  }
  try {
    config = JSON.parse(text);
  } catch (error) {
    throw new ConfigError(`${path} is no JSON: ${error.message}`, { cause: error });
  }
  if (config === null || typeof config !== "object") throw new ConfigError(`${path} holds no object`);
  if (typeof config.host !== "string") throw new ConfigError(`${path}: "host" must be a text`);
  if (!Number.isInteger(config.port)) throw new ConfigError(`${path}: "port" must be a whole number`);
  ready(config);
  return config;
}
