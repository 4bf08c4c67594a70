// Questions about recipes.

// Return the recipes of this author.
export async function byAuthor(db, name, country) {
  return db.collection("recipes").find({ "author.name": name, "author.country": country }).toArray();
}

// Return the recipes to which `by` gave `stars` or more.
export async function rated(db, by, stars) {
  const liked = { ratings: { $elemMatch: { by, stars: { $gte: stars } } } };
  return db.collection("recipes").find(liked).toArray();
}

// Return the recipes that have no field `minutes`.
export async function untimed(db) {
  return db.collection("recipes").find({ minutes: { $exists: false } }).toArray();
}

// Return title and minutes of the recipes that take `most` minutes or fewer.
export async function quick(db, most) {
  const projection = { _id: 0, title: 1, minutes: { $ifNull: ["$minutes", null] } };
  return db.collection("recipes").find({ minutes: { $not: { $gt: most } } }, { projection }).toArray();
}
