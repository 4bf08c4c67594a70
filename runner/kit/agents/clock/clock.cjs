// Loaded by Node at its start (`NODE_OPTIONS`): the time that the program sees is that of the file LEARN_CLOCK.
//
// The file holds one number of 8 bytes, the seconds by which the clock is moved; it is read each time that the program
// asks. Timers, `performance` and `process.hrtime` are left as they are, as when somebody sets a real clock.

const fs = require("node:fs");

const file = fs.openSync(process.env.LEARN_CLOCK, "r");
const bytes = Buffer.alloc(8);
const RealDate = Date;
const realNow = Date.now;

function now() {
  fs.readSync(file, bytes, 0, 8, 0);
  return Math.floor(realNow() + bytes.readDoubleLE() * 1000);
}

const MovedDate = new Proxy(RealDate, {
  apply: () => new RealDate(now()).toString(),
  construct: (target, values, made) => Reflect.construct(target, values.length > 0 ? values : [now()], made),
});

RealDate.now = now;
RealDate.prototype.constructor = MovedDate;
globalThis.Date = MovedDate;
