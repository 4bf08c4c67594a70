// Sales of three years, the report of one, and what MongoDB's profiler says about it.

import { MongoClient } from "mongodb";

import { revenue } from "./report.mjs";

const uri = process.env.MONGODB_URI ?? "mongodb://127.0.0.1:27017";
const client = new MongoClient(uri, { serverSelectionTimeoutMS: 3000 });
const db = client.db("try_it");
await db.dropDatabase();
await db.collection("sales").createIndex({ at: 1 });
await db.collection("sales").insertMany(
  Array.from({ length: 1000 }, (_, number) => ({
    at: new Date(Date.UTC(2024, 0, 1) + number * 26 * 3_600_000),
    status: ["paid", "paid", "open"][number % 3],
    amount: 100 + (number % 900),
    categories: [["tea"], ["tea", "gifts"], ["coffee"]][(number % 7) % 3],
  })),
);
await db.command({ profile: 2 });
const rows = await revenue(db, 2025);
await db.command({ profile: 0 });
console.log(rows.slice(0, 6), "...", rows.length, "rows");
for (const seen of await db.collection("system.profile").find({ ns: "try_it.sales" }).toArray()) {
  console.log(seen.op, Object.keys(seen.command)[0], seen.planSummary);
  console.log("  docsExamined", seen.docsExamined, "nreturned", seen.nreturned);
}
await client.close();
