// The learner's JavaScript child: loads their files and answers calls in plain JSON.
// The same requests and replies as python_agent.py, on the socket whose number is the first argument.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Socket } from "node:net";
import { dirname, join, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { inspect } from "node:util";

const MOST_TEXT = 2000;
const MOST_NAME = 200;
const held = new Map();
const modules = new Map();
const opened = new Map();
const statements = []; // those that ran on a connection that was opened for a check
const WRITING = /^\s*(insert|update|delete|replace)\b/i;
const BEGINNING = /^\s*(begin|savepoint)\b/i;
const sleep = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
const WAITING = 30_000; // milliseconds for another's lock; the limit of the run is the checker's
const places = new WeakMap(); // the errors of loading a file, with the places of those that do not tell them
const here = process.cwd() + sep;
const near = createRequire(join(process.cwd(), "here.cjs")); // finds packages where the learner's files do

class NotThere extends Error {
  constructor(absent) {
    super("not there");
    this.absent = absent;
  }
}

// A value as data that JSON carries without loss; the rest is kept here and named by number.
function plain(value, hold = false) {
  if (hold) return keep(value);
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : { $float: String(value).replace("Infinity", "inf").toLowerCase() };
  if (Array.isArray(value)) return Array.from(value, (each) => plain(each));
  if (typeof value === "object" && [Object.prototype, null].includes(Object.getPrototypeOf(value))) {
    const pairs = Object.entries(value);
    if (pairs.every(([key]) => !key.startsWith("$"))) return Object.fromEntries(pairs.map(([key, each]) => [key, plain(each)]));
    return { $pairs: pairs.map(([key, each]) => [key, plain(each)]) };
  }
  return keep(value);
}

function keep(value) {
  const number = held.size + 1;
  held.set(number, value);
  return { $ref: number, $type: typeName(value), $repr: shown(value) };
}

function typeName(value) {
  return typeof value === "object" || typeof value === "function" ? nameOf(value?.constructor) || typeof value : typeof value;
}

function nameOf(constructor) {
  return String(constructor?.name ?? "").slice(0, MOST_NAME);
}

function shown(value) {
  try {
    return inspect(value, { depth: 1 }).slice(0, 200);
  } catch (error) {
    return "<a value that could not be shown>";
  }
}

// The other way: data from the checker with its numbers replaced by the objects kept here.
function native(data) {
  if (Array.isArray(data)) return data.map(native);
  if (data !== null && typeof data === "object") {
    if ("$ref" in data) return held.get(data.$ref);
    if ("$open" in data) return open(data.$open);
    if ("$tuple" in data) return data.$tuple.map(native);
    if ("$set" in data) return new Set(data.$set.map(native));
    if ("$float" in data) return Number(data.$float.replace("inf", "Infinity"));
    if ("$pairs" in data) return Object.fromEntries(data.$pairs.map(([key, each]) => [native(key), native(each)]));
    return Object.fromEntries(Object.entries(data).map(([key, each]) => [key, native(each)]));
  }
  return data;
}

// The handle that an order asks for; the same one each time, as a program has one connection.
function open(order) {
  const key = JSON.stringify(order);
  if (!opened.has(key)) opened.set(key, openers[order.kind](order));
  return opened.get(key);
}

const openers = {
  sqlite(order) {
    const { DatabaseSync } = process.getBuiltinModule("node:sqlite");
    const connection = new DatabaseSync(order.path);
    connection.exec(`PRAGMA busy_timeout = ${WAITING}; PRAGMA synchronous = OFF`); // the second one may have to wait
    let first = order.first_ms;
    const traced = (sql) => {
      statements.push(sql);
      if (first && (WRITING.test(sql) || BEGINNING.test(sql))) {
        sleep(first);
        first = 0;
      }
      if (order.pause_ms && WRITING.test(sql)) sleep(order.pause_ms);
    };
    const [prepare, exec] = [connection.prepare.bind(connection), connection.exec.bind(connection)];
    connection.exec = (sql) => (traced(sql), exec(sql));
    connection.prepare = (sql) => {
      const statement = prepare(sql);
      for (const name of ["run", "get", "all", "iterate"]) {
        const action = statement[name].bind(statement);
        statement[name] = (...values) => (traced(sql), action(...values));
      }
      return statement;
    };
    return connection;
  },
  azure: (order) => order.text, // a text, for which the learner's code makes a client
  mongodb(order) {
    const { MongoClient } = near("mongodb");
    return new MongoClient(order.uri).db(order.database);
  },
  redis(order) {
    const login = order.password ? { username: order.user || undefined, password: order.password } : {};
    const client = near("redis").createClient({ socket: { path: order.path }, database: order.database, ...login });
    client.on("error", () => {}); // what a call meets, it tells
    client.connect();
    return client;
  },
};

// Wait until the server behind a handle has answered.
const reached = {
  mongodb: (db) => db.command({ ping: 1 }),
  redis: (client) => client.ping(),
};

// The packages of handles whose kinds have other names.
const packages = { azure: "@azure/storage-blob" };

// What an import of the package NAME loads, which need not be what `require` does.
function entry(name) {
  const place = near.resolve(`${name}/package.json`);
  const modules = near(place).exports?.["."]?.import?.default;
  return pathToFileURL(modules ? join(dirname(place), modules) : near.resolve(name));
}

async function find(target) {
  const [file, path] = target.split(":");
  const module = modules.get(file) ?? (await load(file));
  let found = module;
  for (const name of path.split(".")) {
    const next = found?.[name] ?? (found === module ? module.default?.[name] : undefined);
    if (next === undefined) throw new NotThere({ missing: name, file: file + ".mjs", names: exported(module) });
    found = next;
  }
  return found;
}

function exported(module) {
  return [...Object.keys(module), ...Object.keys(module.default ?? {})].filter((name) => name !== "default").sort();
}

async function load(file) {
  const path = join(process.cwd(), file + ".mjs");
  if (!existsSync(path)) throw new NotThere({ missing: "", file: file + ".mjs", names: readdirSync(".").sort() });
  const module = await import(pathToFileURL(path)).catch(async (error) => {
    if (error instanceof Error) places.set(error, error instanceof SyntaxError ? await placeOfMistake(path) : []);
    throw error;
  });
  modules.set(file, module);
  return module;
}

// Where Node finds the mistake in a file that does not parse: its own error object does not tell.
async function placeOfMistake(path) {
  const { spawnSync } = await import("node:child_process");
  const [place, text] = spawnSync(process.execPath, ["--check", path], { encoding: "utf8" }).stderr.split("\n");
  const line = Number(place.slice(place.lastIndexOf(":") + 1));
  return place.startsWith(here) ? [{ file: place.slice(here.length, place.lastIndexOf(":")), line, text: text.trim().slice(0, MOST_TEXT) }] : [];
}

const operations = {
  // Take a file through all that the learner's goes through, so that it meets what that needs loaded and compiled.
  async ready(request) {
    modules.set("warm", await import(new URL("warm.mjs", import.meta.url)));
    await operations.call({ target: "warm:nothing", args: [0], after: true });
    await operations.many({ target: "warm:nothing", calls: [[0]] });
    await attempt(() => operations.call({ target: "warm:refuses" }));
    modules.delete("warm");
    for (const order of request.open) {
      await reached[order.kind]?.(open(order));
      await import(entry(packages[order.kind] ?? order.kind)); // so that the learner's own import finds its names read
    }
    return { value: null };
  },
  async call(request) {
    const args = native(request.args ?? []);
    const callee = await find(request.target);
    const value = plain(await callee(...args), request.hold);
    return request.after ? { value, after: args.map((each) => plain(each)) } : { value };
  },
  async many(request) {
    const callee = await find(request.target);
    const replies = [];
    for (const args of request.calls) replies.push(await attempt(async () => ({ value: plain(await callee(...native(args))) })));
    return { replies };
  },
  // As `many`, all begun before the first has ended.
  async crowd(request) {
    const callee = await find(request.target);
    const begun = request.calls.map((args) => attempt(async () => ({ value: plain(await callee(...native(args))) })));
    return { replies: await Promise.all(begun) };
  },
  async new(request) {
    const Class = await find(request.target);
    return { value: keep(new Class(...native(request.args))) };
  },
  async method(request) {
    const owner = held.get(request.ref);
    if (typeof owner[request.name] !== "function") throw new TypeError(`${request.name} is not a method of ${typeName(owner)}`);
    return { value: plain(await owner[request.name](...native(request.args)), request.hold) };
  },
  async get(request) {
    return { value: plain(held.get(request.ref)[request.name], request.hold) };
  },
  async read(request) {
    return { value: plain(await find(request.target)) };
  },
  // Change a held array or object in place, as careless code elsewhere would.
  async spoil(request) {
    const owner = held.get(request.ref);
    if (Object.isFrozen(owner)) return { value: null };
    if (Array.isArray(owner)) owner.length = 0;
    else for (const key of Object.keys(owner)) delete owner[key];
    return { value: null };
  },
  // Run a statement on a connection of the learner's, as any other user of it would.
  async execute(request) {
    const rows = held.get(request.ref).prepare(request.sql).all(...native(request.parameters));
    return { value: rows.map((row) => Object.values(row).map((each) => plain(each))) };
  },
  async statements() {
    return { value: statements.splice(0) };
  },
  // The most bytes of memory that this process has held at once.
  async peak() {
    try {
      const [, kilobytes] = /^VmHWM:\s+(\d+)/m.exec(readFileSync("/proc/self/status", "utf8")); // resourceUsage begins with the parent's
      return { value: Number(kilobytes) * 1024 };
    } catch (error) {
      return { value: process.resourceUsage().maxRSS * 1024 };
    }
  },
};

async function attempt(action) {
  try {
    return await action();
  } catch (error) {
    return error instanceof NotThere ? { absent: error.absent } : { error: told(error) };
  }
}

function told(error) {
  if (!(error instanceof Error)) return { type: typeName(error), bases: [], message: shown(error), cause: null, frames: [] };
  return {
    type: nameOf(error.constructor) || "Error",
    bases: bases(error),
    message: String(error.message).slice(0, MOST_TEXT),
    cause: error.cause === undefined ? null : typeName(error.cause),
    frames: places.get(error)?.length ? places.get(error) : frames(String(error.stack ?? "")),
    loading: places.has(error),
  };
}

function bases(error) {
  const names = [];
  for (let each = Object.getPrototypeOf(error); each && each !== Object.prototype; each = Object.getPrototypeOf(each)) names.push(nameOf(each.constructor));
  return names;
}

// Where in the learner's own files the error came from, outermost first.
function frames(stack) {
  const root = pathToFileURL(here).href;
  const found = [];
  for (const line of stack.split("\n")) {
    const at = line.lastIndexOf(root);
    if (at < 0) continue;
    const [file, number] = decodeURIComponent(line.slice(at + root.length).replace(")", "")).split(":");
    found.unshift({ file, line: Number(number) });
  }
  return found.slice(-5).map((each) => ({ ...each, text: lineOf(each) }));
}

function lineOf({ file, line }) {
  try {
    return readFileSync(here + file, "utf8").split("\n")[line - 1].trim().slice(0, MOST_TEXT);
  } catch (error) {
    return "";
  }
}

const channel = new Socket({ fd: Number(process.argv[2]), readable: true, writable: true });
channel.write("{}\n");
const stringify = JSON.stringify;
const parse = JSON.parse;

async function answer(line) {
  const request = parse(line);
  const began = performance.now();
  const cpuBegan = process.cpuUsage();
  const reply = await attempt(() => operations[request.op](request));
  const cpu = process.cpuUsage(cpuBegan);
  reply.id = request.id;
  reply.ms = performance.now() - began;
  reply.cpu_ms = (cpu.user + cpu.system) / 1000;
  channel.write(stringify(reply) + "\n");
}

// Lines are cut by hand: an async iterator over them costs more than the call that each one asks for.
let rest = "";
let answered = Promise.resolve();
channel.setEncoding("utf8");
channel.on("data", (text) => {
  const lines = (rest + text).split("\n");
  rest = lines.pop();
  for (const line of lines) answered = answered.then(() => answer(line));
});
channel.on("end", () => process.exit(0));
