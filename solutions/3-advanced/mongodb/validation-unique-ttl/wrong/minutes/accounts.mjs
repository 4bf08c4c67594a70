// Users and their sessions.

const rules = {
  $jsonSchema: {
    required: ["email", "name"],
    properties: {
      email: { bsonType: "string", pattern: "@" },
      name: { bsonType: "string", minLength: 1 },
    },
  },
};

// Make the collections and their rules; called at each start of the program.
export async function prepare(db) {
  const found = await db.listCollections({ name: "users" }).toArray();
  if (found.length === 0) await db.createCollection("users", { validator: rules });
  else await db.command({ collMod: "users", validator: rules });
  await db.collection("users").createIndex({ email: 1 }, { unique: true });
  await db.collection("sessions").createIndex({ started: 1 }, { expireAfterSeconds: 30 });
}

// Store a new user and return true; return false if the e-mail is taken.
export async function signUp(db, email, name) {
  try {
    await db.collection("users").insertOne({ email, name });
  } catch (error) {
    if (error.code === 11000) return false;
    throw error;
  }
  return true;
}

// Store a session that ends 30 minutes from now.
export async function startSession(db, token, email) {
  await db.collection("sessions").insertOne({ token, email, started: new Date() });
}
