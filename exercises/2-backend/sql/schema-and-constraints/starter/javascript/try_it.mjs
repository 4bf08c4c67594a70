// Sends rows to a new library in memory, and shows what it says. Change them as you like.

import { connect } from "./library.mjs";

const connection = connect(":memory:");
for (const statement of [
  "INSERT INTO books VALUES (1, '0306406152', 'Dune', 2)",
  "INSERT INTO books VALUES (2, '0140449132', NULL, -1)",
  "INSERT INTO loans VALUES (1, 99, 99, '2026-03-05', NULL)",
]) {
  try {
    connection.exec(statement);
    console.log("stored  ", statement);
  } catch (error) {
    console.log("refused ", statement, "|", error.message);
  }
}
