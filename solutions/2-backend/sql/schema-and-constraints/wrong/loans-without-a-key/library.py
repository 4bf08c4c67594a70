"""The library's database."""

import sqlite3
from pathlib import Path

SCHEMA = Path(__file__).with_name("schema.sql")


def connect(path):
    """Open the database in the file PATH, and make its tables if they are missing."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA foreign_keys = ON")  # of this connection: the file does not keep it
    connection.executescript(SCHEMA.read_text(encoding="utf-8"))  # IF NOT EXISTS leaves what is there
    return connection
