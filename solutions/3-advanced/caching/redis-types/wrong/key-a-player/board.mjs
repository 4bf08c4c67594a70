// A key for each player, found by KEYS.

export const score = (client, player, points) => client.incrBy(`board:${player}`, points);

export async function leaders(client, count) {
  const keys = await client.keys("board:*");
  const totals = keys.length ? await client.mGet(keys) : [];
  const rows = keys.map((key, number) => [key.replace("board:", ""), Number(totals[number])]);
  return rows.sort((one, other) => other[1] - one[1]).slice(0, count);
}

export async function visit(client, page, user) {
  await client.sAdd(`visitors:${page}`, user);
}

export const visitors = (client, page) => client.sCard(`visitors:${page}`);

export async function watch(client, user, film) {
  await client.multi().lPush(`watched:${user}`, film).lTrim(`watched:${user}`, 0, 9).exec();
}

export const lastWatched = (client, user) => client.lRange(`watched:${user}`, 0, -1);
