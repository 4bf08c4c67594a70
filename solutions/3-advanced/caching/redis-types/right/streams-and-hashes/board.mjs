// Other types do it too: a hash has each field once, and could hold when the user came first; a stream has its length in
// the command that adds, and keeps the time of each entry. Both take more memory for that.

export async function score(client, player, points) {
  return client.zIncrBy("totals", points, player);
}

export async function leaders(client, count) {
  const range = { BY: "SCORE", REV: true, LIMIT: { offset: 0, count } };
  const rows = await client.zRangeWithScores("totals", "+inf", "-inf", range);
  return rows.map((row) => [row.value, row.score]);
}

export async function visit(client, page, user) {
  await client.hSetNX(`page:${page}`, user, String(Date.now()));
}

export async function visitors(client, page) {
  return client.hLen(`page:${page}`);
}

export async function watch(client, user, film) {
  await client.xAdd(`films:${user}`, "*", { film }, { TRIM: { strategy: "MAXLEN", strategyModifier: "=", threshold: 10 } });
}

export async function lastWatched(client, user) {
  const entries = await client.xRevRange(`films:${user}`, "+", "-", { COUNT: 10 });
  return entries.map((entry) => entry.message.film);
}
