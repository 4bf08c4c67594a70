// The library's database.

import { readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

const SCHEMA = new URL("schema.sql", import.meta.url);

const RULES = `
CREATE TEMP TRIGGER good_book BEFORE INSERT ON books
WHEN NEW.isbn IS NULL OR NEW.title IS NULL OR NEW.title = '' OR NEW.copies IS NULL OR typeof(NEW.copies) <> 'integer'
  OR NEW.copies < 0 OR EXISTS (SELECT 1 FROM books WHERE isbn = NEW.isbn)
BEGIN
  SELECT RAISE(ABORT, 'not a good book');
END;
`;

// Open the database in the file `path`, and make its tables if they are missing.
export function connect(path) {
  const connection = new DatabaseSync(path); // node:sqlite turns foreign keys on for each connection
  connection.exec(readFileSync(SCHEMA, "utf8")); // IF NOT EXISTS leaves what is there
  connection.exec(RULES);
  return connection;
}
