"""A bank in memory: one transfer that works, and one whose last statement fails."""

import sqlite3

from bank import transfer

connection = sqlite3.connect(":memory:")
connection.executescript("""
    CREATE TABLE accounts (id INTEGER PRIMARY KEY, balance INTEGER NOT NULL);
    CREATE TABLE transfers (source INTEGER, target INTEGER, amount INTEGER);
    INSERT INTO accounts VALUES (1, 100), (2, 50);
    CREATE TRIGGER fails BEFORE INSERT ON transfers WHEN NEW.amount = 13
        BEGIN SELECT RAISE(ABORT, 'the disk is full'); END;
""")
for amount in (30, 13):
    try:
        transfer(connection, 1, 2, amount)
    except Exception as error:
        print("error:", error)
    accounts = connection.execute("SELECT * FROM accounts").fetchall()
    print("after", amount, "accounts", accounts, "| in a transaction:", connection.in_transaction)
