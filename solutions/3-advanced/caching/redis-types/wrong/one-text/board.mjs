// All totals in one text that is read, changed and written whole.

export async function score(client, player, points) {
  const totals = JSON.parse((await client.get("board")) ?? "{}");
  totals[player] = (totals[player] ?? 0) + points;
  await client.set("board", JSON.stringify(totals));
  return totals[player];
}

export async function leaders(client, count) {
  const totals = JSON.parse((await client.get("board")) ?? "{}");
  const rows = Object.entries(totals).sort((one, other) => other[1] - one[1]);
  return rows.slice(0, count);
}

export async function visit(client, page, user) {
  await client.sAdd(`visitors:${page}`, user);
}

export const visitors = (client, page) => client.sCard(`visitors:${page}`);

export async function watch(client, user, film) {
  await client.multi().lPush(`watched:${user}`, film).lTrim(`watched:${user}`, 0, 9).exec();
}

export const lastWatched = (client, user) => client.lRange(`watched:${user}`, 0, -1);
