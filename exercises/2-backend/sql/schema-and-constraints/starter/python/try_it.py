"""Sends rows to a new library in memory, and shows what it says. Change them as you like."""

import sqlite3

import library

connection = library.connect(":memory:")
for statement in [
    "INSERT INTO books VALUES (1, '0306406152', 'Dune', 2)",
    "INSERT INTO books VALUES (2, '0140449132', NULL, -1)",
    "INSERT INTO loans VALUES (1, 99, 99, '2026-03-05', NULL)",
]:
    try:
        connection.execute(statement)
        print("stored  ", statement)
    except sqlite3.Error as error:
        print("refused ", statement, "|", error)
