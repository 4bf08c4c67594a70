"""Makes `tasks.db`, with which the service can be tried by hand; the checks bring a file of their own."""

import sqlite3

SCHEMA = """
CREATE TABLE tasks (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('open', 'done')),
    due TEXT NOT NULL,
    note TEXT NOT NULL
);
CREATE INDEX tasks_by_due ON tasks (due);
CREATE INDEX tasks_by_status ON tasks (status);
"""

SAMPLES = (
    (2, "sample: order 50% more tea", "open", "2026-03-02", "from Ann, not to be told"),
    (3, "sample: read O'Hara's letter", "open", "2026-03-01", "private"),
    (5, "sample: rename file_1", "done", "2026-03-02", "the password is on the door"),
    (8, "sample: rename fileX1", "open", "2026-03-01", ""),
)


def setup(folder, rng):
    """Fill the learner's folder."""
    database = sqlite3.connect(folder / "tasks.db")
    database.executescript(SCHEMA)
    database.executemany("INSERT INTO tasks VALUES (?, ?, ?, ?, ?)", SAMPLES)
    database.commit()
    database.close()
    return {}
