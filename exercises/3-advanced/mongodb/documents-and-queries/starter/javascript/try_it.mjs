// Some recipes, and what your functions find among them.

import { MongoClient } from "mongodb";

import { byAuthor, quick, rated, untimed } from "./recipes.mjs";

const uri = process.env.MONGODB_URI ?? "mongodb://127.0.0.1:27017";
const client = new MongoClient(uri, { serverSelectionTimeoutMS: 3000 });
const db = client.db("try_it");
await db.dropDatabase();
await db.collection("recipes").insertMany([
  { title: "Soup", author: { name: "Ana", country: "PT" }, minutes: 20, ratings: [] },
  { title: "Stew", author: { country: "PT", name: "Ana" }, ratings: [{ by: "Bo", stars: 5 }] },
  { title: "Tart", author: { name: "Li", country: "CN" }, minutes: null, ratings: [] },
]);
console.log("by Ana: Soup, Stew?", await byAuthor(db, "Ana", "PT"));
console.log("liked by Bo: Stew?", await rated(db, "Bo", 4));
console.log("untimed: Stew?", await untimed(db));
console.log("quick: Soup?", await quick(db, 30));
await client.close();
