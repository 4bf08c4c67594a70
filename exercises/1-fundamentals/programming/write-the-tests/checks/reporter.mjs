// Tells each test's end as a JSON line, then that all came to theirs; given to node with --test-reporter.
export default async function* lines(events) {
  for await (const { type, data } of events) {
    const line = type === "test:pass" || type === "test:fail" ? told(type === "test:fail", data) : null;
    if (line) yield JSON.stringify(line) + "\n";
  }
  yield JSON.stringify({ ended: true }) + "\n";
}

function told(failed, { name, skip, todo, details }) {
  const error = details?.error;
  if (details?.type === "suite" && (!failed || error?.failureType === "subtestsFailed")) return null;
  if (skip !== undefined || todo !== undefined) return { name, outcome: "skipped" };
  if (!failed) return { name, outcome: "passed" };
  const cause = error?.cause ?? error;
  const line = /duration\.test\.mjs:(\d+)/.exec(String(cause?.stack))?.[1] ?? "";
  return { name, outcome: "failed", line, words: `${cause?.name ?? "Error"}: ${String(cause?.message ?? cause)}` };
}
