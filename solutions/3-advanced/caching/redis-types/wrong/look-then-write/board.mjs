// Reads the total, and writes the new one.

export async function score(client, player, points) {
  const total = ((await client.zScore("board", player)) ?? 0) + points;
  await client.zAdd("board", { score: total, value: player });
  return total;
}

export async function leaders(client, count) {
  const rows = await client.zRangeWithScores("board", 0, count - 1, { REV: true });
  return rows.map(({ value, score }) => [value, score]);
}

export async function visit(client, page, user) {
  await client.sAdd(`visitors:${page}`, user);
}

export const visitors = (client, page) => client.sCard(`visitors:${page}`);

export async function watch(client, user, film) {
  await client.multi().lPush(`watched:${user}`, film).lTrim(`watched:${user}`, 0, 9).exec();
}

export const lastWatched = (client, user) => client.lRange(`watched:${user}`, 0, -1);
