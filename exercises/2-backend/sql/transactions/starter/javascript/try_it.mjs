// A bank in memory: one transfer that works, and one whose last statement fails.

import { DatabaseSync } from "node:sqlite";

import { transfer } from "./bank.mjs";

const connection = new DatabaseSync(":memory:");
connection.exec(`
  CREATE TABLE accounts (id INTEGER PRIMARY KEY, balance INTEGER NOT NULL);
  CREATE TABLE transfers (source INTEGER, target INTEGER, amount INTEGER);
  INSERT INTO accounts VALUES (1, 100), (2, 50);
  CREATE TRIGGER fails BEFORE INSERT ON transfers WHEN NEW.amount = 13
    BEGIN SELECT RAISE(ABORT, 'the disk is full'); END;
`);
for (const amount of [30, 13]) {
  try {
    transfer(connection, 1, 2, amount);
  } catch (error) {
    console.log("error:", error.message);
  }
  const accounts = connection.prepare("SELECT id, balance FROM accounts").all();
  const balances = accounts.map(({ id, balance }) => `${id}: ${balance}`).join(", ");
  console.log("after", amount, "accounts", balances, "| in a transaction:", connection.isTransaction);
}
