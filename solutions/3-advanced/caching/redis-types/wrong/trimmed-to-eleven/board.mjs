// Trims to 0 10 and shows 0 9.

export const score = (client, player, points) => client.zIncrBy("board", points, player);

export async function leaders(client, count) {
  const rows = await client.zRangeWithScores("board", 0, count - 1, { REV: true });
  return rows.map(({ value, score }) => [value, score]);
}

export async function visit(client, page, user) {
  await client.sAdd(`visitors:${page}`, user);
}

export const visitors = (client, page) => client.sCard(`visitors:${page}`);

export async function watch(client, user, film) {
  await client.multi().lPush(`watched:${user}`, film).lTrim(`watched:${user}`, 0, 10).exec();
}

export const lastWatched = (client, user) => client.lRange(`watched:${user}`, 0, 9);
