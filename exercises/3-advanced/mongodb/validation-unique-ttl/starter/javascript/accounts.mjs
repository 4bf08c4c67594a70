// Users and their sessions.

// Make the collections and their rules; called at each start of the program.
export async function prepare(db) {
  // TODO(learn): the rules for users, and the end of sessions.
  await db.collection("users").createIndex({ email: 1 });
}

// Store a new user and return true; return false if the e-mail is taken.
export async function signUp(db, email, name) {
  // TODO(learn): leave the decision to MongoDB.
  if (typeof email !== "string" || !email.includes("@") || !name) throw new Error("no proper user");
  if (await db.collection("users").findOne({ email })) return false;
  await db.collection("users").insertOne({ email, name });
  return true;
}

// Store a session that ends 30 minutes from now.
export async function startSession(db, token, email) {
  // TODO(learn): something by which MongoDB can tell when it ends.
  await db.collection("sessions").insertOne({ token, email, started: new Date().toISOString() });
}
