// Questions about recipes.

// Return the recipes of this author.
export async function byAuthor(db, name, country) {
  // TODO(learn): whatever else is known of the author, and in whatever order.
  return db.collection("recipes").find({ author: { name, country } }).toArray();
}

// Return the recipes to which `by` gave `stars` or more.
export async function rated(db, by, stars) {
  // TODO(learn)
  return [];
}

// Return the recipes that have no field `minutes`.
export async function untimed(db) {
  // TODO(learn)
  return [];
}

// Return title and minutes of the recipes that take `most` minutes or fewer.
export async function quick(db, most) {
  // TODO(learn)
  return [];
}
