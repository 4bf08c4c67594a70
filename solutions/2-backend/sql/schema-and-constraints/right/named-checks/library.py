"""The library's database."""

import sqlite3
from pathlib import Path

SCHEMA = Path(__file__).with_name("schema.sql")


def connect(path):
    """Open the database in the file PATH, and make its tables if they are missing."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA foreign_keys = ON")
    tables = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'books'").fetchone()[0]
    if not tables:
        # One transaction: a program that dies in the middle leaves no half of a schema.
        connection.executescript(f"BEGIN; {SCHEMA.read_text(encoding='utf-8')} COMMIT;")
    return connection
