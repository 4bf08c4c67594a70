// Durations such as 1h30m. This code is given and right: test it, and leave it as it is.
const PARTS = /^(?:([0-9]+)h)?(?:([0-9]+)m)?(?:([0-9]+)s)?$/;

export function _seconds(hours, minutes, seconds) {
  return hours * 3600 + minutes * 60 + seconds;
}

// The whole seconds that the text stands for.
export function parseDuration(text) {
  const found = PARTS.exec(text);
  if (!found || found[0] === "") {
    throw new RangeError(`not a duration: "${text}"`);
  }
  const [hours, minutes, seconds] = found.slice(1).map((part) => Number(part ?? 0));
  return _seconds(hours, minutes, seconds);
}
