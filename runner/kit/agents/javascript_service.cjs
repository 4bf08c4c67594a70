// Loaded by Node ahead of the learner's service (`node --require`), in a process that waits for the save.
//
// It loads the framework, then waits for one line of JSON on a descriptor: the service's environment. Node goes on to
// run the service's file as its main program, just as in a fresh start.

const fs = require("node:fs");
const { createRequire } = require("node:module");

const descriptor = Number(process.env.LEARN_CHANNEL);
for (const name of ["express", "node:http", "node:sqlite", "node:crypto"]) {
  try {
    createRequire(`${process.cwd()}/`)(name);
  } catch {
    // Then the service says so itself, if it needs it.
  }
}

let line = "";
const part = Buffer.alloc(65536);
while (!line.endsWith("\n")) {
  const size = fs.readSync(descriptor, part);
  if (size === 0) process.exit(0);
  line += part.toString("utf8", 0, size);
}
fs.closeSync(descriptor);
for (const name of Object.keys(process.env)) delete process.env[name];
Object.assign(process.env, JSON.parse(line).environment);
