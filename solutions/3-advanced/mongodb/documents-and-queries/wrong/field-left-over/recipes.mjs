// Questions about recipes.
// The same questions to aggregate, as expressions: longer, but they can be calculated with, and go on into other
// stages. An expression inside $match takes an index less often than the operators of find do.

// Return the recipes of this author.
export async function byAuthor(db, name, country) {
  const author = { $and: [{ $eq: ["$author.name", name] }, { $eq: ["$author.country", country] }] };
  return db.collection("recipes").aggregate([{ $match: { $expr: author } }]).toArray();
}

// Return the recipes to which `by` gave `stars` or more.
export async function rated(db, by, stars) {
  const own = { $filter: { input: "$ratings", as: "one", cond: { $eq: ["$$one.by", by] } } };
  const liked = { "own.stars": { $gte: stars } };
  const pipeline = [{ $match: { "ratings.by": by } }, { $set: { own } }, { $match: liked }];
  return db.collection("recipes").aggregate(pipeline).toArray();
}

// Return the recipes that have no field `minutes`.
export async function untimed(db) {
  const missing = { $eq: [{ $type: "$minutes" }, "missing"] };
  return db.collection("recipes").aggregate([{ $match: { $expr: missing } }]).toArray();
}

// Return title and minutes of the recipes that take `most` minutes or fewer.
export async function quick(db, most) {
  const shown = { _id: false, title: true, minutes: true };
  const pipeline = [{ $match: { minutes: { $gte: 0, $lte: most } } }, { $project: shown }];
  return db.collection("recipes").aggregate(pipeline).toArray();
}
