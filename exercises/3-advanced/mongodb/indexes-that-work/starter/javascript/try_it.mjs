// Mails of 50 users, and what MongoDB's profiler says about both lists.

import { MongoClient } from "mongodb";

import { large, newest, prepare } from "./inbox.mjs";

const uri = process.env.MONGODB_URI ?? "mongodb://127.0.0.1:27017";
const client = new MongoClient(uri, { serverSelectionTimeoutMS: 3000 });
const db = client.db("try_it");
await db.dropDatabase();
const began = Date.UTC(2026, 0, 1);
await db.collection("mails").insertMany(
  Array.from({ length: 5000 }, (_, number) => ({
    user: number % 50,
    folder: ["inbox", "sent", "spam"][(number % 7) % 3],
    at: new Date(began + ((number * 7919) % 5000) * 60_000),
    size: (number * 31) % 97,
  })),
);
await prepare(db);
await db.command({ profile: 2 });
await newest(db, 7, 5);
await large(db, 7, 40, 5);
await db.command({ profile: 0 });
for (const seen of await db.collection("system.profile").find({ ns: "try_it.mails" }).toArray()) {
  const { op, planSummary, hasSortStage, keysExamined, docsExamined, nreturned } = seen;
  console.log(op, planSummary, hasSortStage ? "and a SORT in memory" : "");
  console.log("  keysExamined", keysExamined, "docsExamined", docsExamined, "nreturned", nreturned);
}
await client.close();
