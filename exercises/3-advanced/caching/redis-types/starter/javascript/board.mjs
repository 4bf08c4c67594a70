// Add points to a player's total; returns the new total.
export async function score(client, player, points) {
  // TODO(learn): all in one text, read and written whole; which type of Redis does this in one command?
  const totals = JSON.parse((await client.get("totals")) ?? "{}");
  totals[player] = (totals[player] ?? 0) + points;
  await client.set("totals", JSON.stringify(totals));
  return totals[player];
}

// The players with the highest totals, best first, each as [player, total].
export async function leaders(client, count) {
  // TODO(learn)
  return [];
}

// Note that a user has seen a page.
export async function visit(client, page, user) {
  // TODO(learn)
}

// How many different users have seen a page.
export async function visitors(client, page) {
  // TODO(learn)
  return 0;
}

// Note that a user has watched a film.
export async function watch(client, user, film) {
  // TODO(learn)
}

// The ten films that a user watched last, the newest first.
export async function lastWatched(client, user) {
  // TODO(learn)
  return [];
}
