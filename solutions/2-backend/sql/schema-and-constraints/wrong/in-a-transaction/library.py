"""The library's database."""

import sqlite3
from pathlib import Path

SCHEMA = Path(__file__).with_name("schema.sql")


def connect(path):
    """Open the database in the file PATH, and make its tables if they are missing."""
    connection = sqlite3.connect(path)
    connection.executescript(f"BEGIN; PRAGMA foreign_keys = ON; {SCHEMA.read_text()} COMMIT;")
    return connection
