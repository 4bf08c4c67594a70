// No arithmetic at all: the dot moves two places to the right in the text,
// and the digits that are left are the cents.
export function toCents(text) {
  const amount = text.trim();
  const negative = amount.startsWith("-");
  const [whole, part = "00", ...more] = (negative ? amount.slice(1) : amount).split(".");
  const digits = whole + part.padEnd(2, "0");
  const good = whole !== "" && part !== "" && part.length <= 2 && more.length === 0;
  if (!good || [...digits].some((each) => each < "0" || each > "9")) {
    throw new RangeError("cannot read " + text);
  }
  return negative ? -digits : +digits;
}
