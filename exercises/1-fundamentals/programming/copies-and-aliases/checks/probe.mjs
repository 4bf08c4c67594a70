// Laid beside the learner's file: edits what a function of theirs returned, and tells what its arguments are then.
import * as cart from "./cart.mjs";

// Call NAME with ARGS and edit the result at PATH: set KEY to VALUE, or add VALUE at the end if KEY is null.
// Returns what the edit was refused with (or null), the result and the arguments, all as they are afterwards.
export async function edited(name, args, path, key, value) {
  const result = await (cart[name] ?? cart.default?.[name])(...args);
  let refused = null;
  try {
    const owner = path.reduce((inside, step) => inside[step], result);
    if (key === null) owner.push(value);
    else owner[key] = value;
  } catch (error) {
    refused = String(error?.message);
  }
  return [refused, result, args];
}
