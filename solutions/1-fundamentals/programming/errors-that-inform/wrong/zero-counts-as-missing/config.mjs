import { readFileSync } from "node:fs";

export class ConfigError extends Error {}

export function loadConfig(path, ready) {
  let config;
  try {
    config = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new ConfigError(`${path}: ${error.message}`, { cause: error });
  }
  for (const [key, type] of [["host", "string"], ["port", "number"]]) {
    if (!config?.[key]) throw new ConfigError(`${path}: ${key} is missing`);
    if (typeof config[key] !== type || config[key] % 1 > 0) throw new ConfigError(`${path}: ${key} is no ${type}`);
  }
  ready(config);
  return config;
}
