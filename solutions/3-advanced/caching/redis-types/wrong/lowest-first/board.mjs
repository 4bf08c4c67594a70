// The range from the lowest up.

export const score = (client, player, points) => client.zIncrBy("board", points, player);

export async function leaders(client, count) {
  const rows = await client.zRangeWithScores("board", 0, count - 1);
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
