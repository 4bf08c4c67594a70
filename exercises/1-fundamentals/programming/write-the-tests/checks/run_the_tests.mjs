// Runs one test file on many implementations with node:test; called in the learner's process, starts a Node for each.
// Its twin is `run_the_tests.py`: the same jobs and the same report.
import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";

const ABREAST = 2;
const REPORT = "report.jsonl";
const OPTIONS = [
  "--no-warnings",
  "--require=../witness.cjs",
  "--test-reporter=../reporter.mjs",
  `--test-reporter-destination=${REPORT}`,
];

export async function run(jobs) {
  const seen = jobs.map(() => null);
  let next = 0;
  const work = async () => {
    while (next < jobs.length) {
      const number = next++;
      await start(...jobs[number], number === 0);
      seen[number] = report(jobs[number][0]);
      if (number === 0 && !clean(seen[0])) next = jobs.length;
    }
  };
  await Promise.all(Array.from({ length: ABREAST }, work));
  return seen;
}

// What the tests print is the same in each run, so it is heard of one alone.
function start(folder, order, everything, aloud) {
  const errors = openSync(join(folder, "stderr"), "w");
  const child = spawn(process.execPath, [...process.execArgv, ...OPTIONS, "duration.test.mjs"], {
    cwd: folder,
    env: { ...process.env, TEST_ORDER: order },
    stdio: ["ignore", aloud ? "inherit" : "ignore", errors],
  });
  closeSync(errors);
  return new Promise((done) => child.on("exit", done));
}

// What was left of the run: a line for each test, and a last one.
function report(folder) {
  const found = { tests: [], ended: false, broken: "", line: "" };
  const file = join(folder, REPORT);
  for (const line of existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean) : []) {
    const told = parsed(line);
    if (told?.ended) found.ended = true;
    else found.tests.push(told);
  }
  if (!existsSync(file)) found.ended = existsSync(join(folder, "finished"));
  const errors = readFileSync(join(folder, "stderr"), "utf8").split("\n");
  if (!existsSync(file) && errors.some((line) => line.startsWith("Node.js v"))) {
    found.broken = errors.find((line) => /^\w*Error\b.*: /.test(line)) ?? "it cannot be loaded";
    found.line = /duration\.test\.mjs:(\d+)/.exec(errors.join("\n"))?.[1] ?? "";
  }
  return found;
}

function parsed(line) {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

function clean({ ended, tests }) {
  return ended && tests.length > 0 && tests.every((each) => each?.outcome === "passed");
}
