// Users and their sessions.

// The operators of queries, instead of a schema: each document must match.
const rules = { email: { $type: "string", $regex: "@" }, name: { $type: "string", $ne: "" } };

// Make the collections and their rules; called at each start of the program.
export async function prepare(db) {
  const found = await db.listCollections({ name: "users" }).toArray();
  if (found.length === 0) await db.createCollection("users", { validator: rules });
  else await db.command({ collMod: "users", validator: rules });
  await db.collection("users").createIndex({ email: 1 }, { unique: true });
  // Each session says itself when it ends, so some can live longer than others.
  await db.collection("sessions").createIndex({ ends: 1 }, { expireAfterSeconds: 0 });
}

// Store a new user and return true; return false if the e-mail is taken.
export async function signUp(db, email, name) {
  // An upsert that finds the e-mail changes nothing. Two at once may both find none; the index lets one in.
  try {
    const change = { $setOnInsert: { name } };
    const result = await db.collection("users").updateOne({ email }, change, { upsert: true });
    return result.upsertedCount === 1;
  } catch (error) {
    if (error.code === 11000) return false;
    throw error;
  }
}

// Store a session that ends 30 minutes from now.
export async function startSession(db, token, email) {
  const ends = new Date(Date.now() + 30 * 60 * 1000);
  await db.collection("sessions").insertOne({ token, email, ends });
}
