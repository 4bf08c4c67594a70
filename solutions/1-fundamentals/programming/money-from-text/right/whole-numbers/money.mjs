// One pattern says what an amount is; after it there are only whole numbers.
const AMOUNT = /^(-?)([0-9]+)(?:\.([0-9]{1,2}))?$/;

export function toCents(text) {
  const match = AMOUNT.exec(text.trim());
  if (!match) throw new Error(`not an amount: "${text}"`);
  const [, sign, whole, part = ""] = match;
  const cents = Number(whole) * 100 + Number(part.padEnd(2, "0"));
  return sign ? -cents : cents;
}
