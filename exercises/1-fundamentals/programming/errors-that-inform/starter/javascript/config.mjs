import { readFileSync } from "node:fs";

// A config file that cannot be used; the message says which, and why.
export class ConfigError extends Error {
  name = "ConfigError";
}

export function loadConfig(path, ready) {
  // TODO(learn): turn whatever is wrong with the file into a ConfigError that helps
  const config = JSON.parse(readFileSync(path, "utf8"));
  ready(config);
  return config;
}
