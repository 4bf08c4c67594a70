// A colleague's script, which calls none of your functions but prepare.

import { MongoClient } from "mongodb";

import { prepare, signUp, startSession } from "./accounts.mjs";

const uri = process.env.MONGODB_URI ?? "mongodb://127.0.0.1:27017";
const client = new MongoClient(uri, { serverSelectionTimeoutMS: 3000 });
const db = client.db("try_it");
await db.dropDatabase();
await prepare(db);
console.log("signUp:", await signUp(db, "ana@example.org", "Ana"));
const ana = { email: "ana@example.org", name: "Bo" };
for (const user of [ana, { email: "bo", name: "Bo" }, { email: "bo@example.org" }]) {
  try {
    await db.collection("users").insertOne({ ...user });
    console.log("taken:", user);
  } catch (error) {
    console.log("refused:", user, error.code);
  }
}
await startSession(db, "abc", "ana@example.org");
console.log("a session:", await db.collection("sessions").findOne());
console.log("its indexes:", await db.collection("sessions").indexes());
await client.close();
