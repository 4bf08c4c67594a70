// Loaded by Node ahead of the learner's service (`node --require`), in a process that waits for the save.
//
// It loads the framework, then waits for one line of JSON on a descriptor: the service's environment. Node goes on to
// run the service's file as its main program, just as in a fresh start.

const fs = require("node:fs");
const { createRequire } = require("node:module");
const path = require("node:path");

// What programs mostly import; LEARN_AHEAD names those that the exercise is about.
const AHEAD = {
  framework: ["express", "node:http", "node:sqlite", "node:crypto"],
  jose: ["jose"],
  jsonwebtoken: ["jsonwebtoken"],
  mongodb: ["mongodb"],
  redis: ["redis"],
  moto: ["@aws-sdk/client-s3", "node:crypto"],
};

function load() {
  const near = createRequire(path.join(process.cwd(), "here.cjs"));
  const asked = (process.env.LEARN_AHEAD ?? "").split(" ");
  for (const name of asked.flatMap((each) => (Object.hasOwn(AHEAD, each) ? AHEAD[each] : []))) {
    try {
      near(name);
    } catch {
      // Then the service says so itself, if it needs it.
    }
  }
}

// Write each statement that node:sqlite runs to the file TRACE, one JSON text a line.
function followSql(trace) {
  const { DatabaseSync, StatementSync } = require("node:sqlite");
  const file = fs.openSync(trace, "a");
  const follow = (owner, name, textOf) => {
    const plain = owner[name];
    owner[name] = function (...values) {
      fs.writeSync(file, `${JSON.stringify(textOf(this, values).slice(0, 500))}\n`);
      return plain.apply(this, values);
    };
  };
  follow(DatabaseSync.prototype, "exec", (database, values) => String(values[0]));
  for (const name of ["run", "get", "all", "iterate"]) {
    follow(StatementSync.prototype, name, (statement) => statement.sourceSQL);
  }
}

function order(descriptor) {
  let line = "";
  const part = Buffer.alloc(65536);
  while (!line.endsWith("\n")) {
    const size = fs.readSync(descriptor, part);
    if (size === 0) process.exit(0);
    line += part.toString("utf8", 0, size);
  }
  fs.closeSync(descriptor);
  return JSON.parse(line);
}

// Workers and forks of the service's own load this file too, and have nothing to wait for.
if (process.env.LEARN_CHANNEL) {
  load(); // in the folder above the learner's, whose files have yet to come: Node remembers what it does not find
  const { path: file, arguments: values, environment, trace } = order(Number(process.env.LEARN_CHANNEL));
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, environment);
  process.chdir(path.dirname(file));
  process.argv.push(...values);
  if (trace) followSql(trace);
  const ours = process.execArgv.indexOf("--require");
  if (ours >= 0) process.execArgv.splice(ours, 2);
}
