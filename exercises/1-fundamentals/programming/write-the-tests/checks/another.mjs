// Durations such as 1h30m.
const UNITS = [["h", 3600], ["m", 60], ["s", 1]];

export function parseDuration(text) {
  const refuse = () => {
    throw new RangeError(`cannot read ${text} as hours, minutes, seconds`);
  };
  const left = [...UNITS];
  let total = 0;
  let digits = "";
  for (const sign of String(text)) {
    if ("0123456789".includes(sign)) {
      digits += sign;
      continue;
    }
    while (left.length && left[0][0] !== sign) left.shift();
    if (!left.length || !digits) refuse();
    total += Number(digits) * left.shift()[1];
    digits = "";
  }
  if (digits || String(text) === "") refuse();
  return total;
}
