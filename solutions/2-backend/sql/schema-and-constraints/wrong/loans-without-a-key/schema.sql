CREATE TABLE IF NOT EXISTS books (
    id INTEGER PRIMARY KEY,
    isbn TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL CHECK (title <> ''),
    copies INTEGER NOT NULL CHECK (copies >= 0)
) STRICT;

CREATE TABLE IF NOT EXISTS members (
    id INTEGER PRIMARY KEY,
    email TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE IF NOT EXISTS loans (
    id INTEGER NOT NULL,
    book_id INTEGER NOT NULL REFERENCES books (id) ON DELETE RESTRICT,
    member_id INTEGER NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    lent_on TEXT NOT NULL,
    returned_on TEXT CHECK (returned_on >= lent_on)  -- NULL while it is out, and then the CHECK refuses nothing
) STRICT;

-- Only the rows that the WHERE names are counted: a loan that has ended hinders no later one.
CREATE UNIQUE INDEX IF NOT EXISTS one_at_a_time ON loans (book_id, member_id) WHERE returned_on IS NULL;
