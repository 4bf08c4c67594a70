"""The library's database."""

import sqlite3
from pathlib import Path

SCHEMA = Path(__file__).with_name("schema.sql")

RULES = """
CREATE TEMP TRIGGER good_book BEFORE INSERT ON books
WHEN NEW.isbn IS NULL OR NEW.title IS NULL OR NEW.title = '' OR NEW.copies IS NULL OR typeof(NEW.copies) <> 'integer'
  OR NEW.copies < 0 OR EXISTS (SELECT 1 FROM books WHERE isbn = NEW.isbn)
BEGIN
  SELECT RAISE(ABORT, 'not a good book');
END;
"""


def connect(path):
    """Open the database in the file PATH, and make its tables if they are missing."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA foreign_keys = ON")  # of this connection: the file does not keep it
    connection.executescript(SCHEMA.read_text(encoding="utf-8"))  # IF NOT EXISTS leaves what is there
    connection.executescript(RULES)
    return connection
