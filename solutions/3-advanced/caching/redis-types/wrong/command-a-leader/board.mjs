// One command for each row.

export const score = (client, player, points) => client.zIncrBy("board", points, player);

export async function leaders(client, count) {
  const players = await client.zRange("board", 0, count - 1, { REV: true });
  const rows = [];
  for (const player of players) rows.push([player, await client.zScore("board", player)]);
  return rows;
}

export async function visit(client, page, user) {
  await client.sAdd(`visitors:${page}`, user);
}

export const visitors = (client, page) => client.sCard(`visitors:${page}`);

export async function watch(client, user, film) {
  await client.multi().lPush(`watched:${user}`, film).lTrim(`watched:${user}`, 0, 9).exec();
}

export const lastWatched = (client, user) => client.lRange(`watched:${user}`, 0, -1);
