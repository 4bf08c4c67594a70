// Called by javascript_agent.mjs before the first request: what takes long is not this file, but the first of all.
export const nothing = (value) => value;

export function refuses() {
  throw new Error("warm");
}
