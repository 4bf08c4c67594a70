// node:test as the learner's file gets it: the same, but tests begin in the order that TEST_ORDER tells.
import * as real from "node:test";

export * from "node:test";

const SUITES = ["describe", "suite"];
const order = process.env.TEST_ORDER;
let current = { waiting: [] }; // of the file, or of the suite whose function runs
setImmediate(begin, current);

// Pass on what waits in a list; whatever is added to it later goes through at once.
function begin(list) {
  list.begun = true;
  for (const { start, args, done } of sorted(list.waiting)) done(start(...args));
}

function sorted(waiting) {
  if (order === "written") return waiting;
  if (order === "reversed") return waiting.toReversed();
  let state = Number(order);
  const keys = waiting.map(() => (state = (state * 48271) % 2147483647));
  return waiting.map((each, index) => [keys[index], each]).sort(([a], [b]) => a - b).map(([, each]) => each);
}

function inOrder(start, suite) {
  return (...args) => {
    const given = suite ? args.map((each) => (typeof each === "function" ? collecting(each) : each)) : args;
    if (current.begun) return start(...given);
    return new Promise((done) => current.waiting.push({ start, args: given, done }));
  };
}

// A suite's function, its tests put in order once it has named them all.
function collecting(body) {
  return function (...args) {
    const outer = current;
    const list = { waiting: [] };
    current = list;
    try {
      return body.apply(this, args);
    } finally {
      current = outer;
      begin(list);
    }
  };
}

function wrapped(name) {
  const suite = SUITES.includes(name);
  const result = inOrder(real[name], suite);
  for (const how of ["skip", "todo", "only"]) result[how] = inOrder(real[name][how], suite);
  return result;
}

export const test = wrapped("test");
export const it = wrapped("it");
export const describe = wrapped("describe");
export const suite = wrapped("suite");
Object.assign(test, { ...real, default: undefined, test, it, describe, suite, skip: test.skip, todo: test.todo, only: test.only });
export default test;
