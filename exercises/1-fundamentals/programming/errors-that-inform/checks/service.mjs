// A service that loads its config with the learner's code; the check lays it beside theirs.
import { readFileSync } from "node:fs";
import * as config from "./config.mjs";

const load = config.loadConfig ?? config.default?.loadConfig;
let calls = [];

export function start(path, slip) {
  const slips = {
    key: (settings) => settings.hots.length,
    number: () => (1).toFixed(1000),
    file: () => readFileSync("audit/no-such.log"),
    type: () => JSON.parse("{"),
  };
  return load(path, (settings) => {
    calls.push(settings);
    slips[slip]?.(settings);
  });
}

export function heard() {
  const all = calls;
  calls = [];
  return all;
}
