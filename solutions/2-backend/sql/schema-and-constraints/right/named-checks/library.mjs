// The library's database.

import { readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

const SCHEMA = new URL("schema.sql", import.meta.url);

// Open the database in the file `path`, and make its tables if they are missing.
export function connect(path) {
  const connection = new DatabaseSync(path, { enableForeignKeyConstraints: true }); // the default, said aloud
  const { tables } = connection.prepare("SELECT count(*) AS tables FROM sqlite_master WHERE name = 'books'").get();
  // One transaction: a program that dies in the middle leaves no half of a schema.
  if (!tables) connection.exec(`BEGIN; ${readFileSync(SCHEMA, "utf8")} COMMIT;`);
  return connection;
}
