// The library's database.

import { readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

const SCHEMA = new URL("schema.sql", import.meta.url);

// Open the database in the file `path`, and make its tables if they are missing.
export function connect(path) {
  const connection = new DatabaseSync(path); // node:sqlite turns foreign keys on for each connection
  connection.exec(readFileSync(SCHEMA, "utf8")); // IF NOT EXISTS leaves what is there
  return connection;
}
