-- These run once, on a file without tables. The types are held by CHECKs, as any version of SQLite takes them.

CREATE TABLE books (
    id INTEGER PRIMARY KEY,
    isbn TEXT UNIQUE NOT NULL,
    title TEXT NOT NULL,
    copies INTEGER NOT NULL,
    CONSTRAINT title_has_text CHECK (length(title) > 0),
    CONSTRAINT copies_are_counted CHECK (typeof(copies) = 'integer' AND copies >= 0)
);

CREATE TABLE members (
    id INTEGER PRIMARY KEY,
    email TEXT UNIQUE NOT NULL
);

CREATE TABLE loans (
    id INTEGER PRIMARY KEY,
    book_id INTEGER NOT NULL,
    member_id INTEGER NOT NULL,
    lent_on TEXT NOT NULL,
    returned_on TEXT,
    -- 1 while the book is out, else NULL; UNIQUE takes any number of NULLs.
    is_out INTEGER AS (CASE WHEN returned_on IS NULL THEN 1 END),
    FOREIGN KEY (book_id) REFERENCES books (id), -- no rule: a book that loans refer to stays
    FOREIGN KEY (member_id) REFERENCES members (id) ON DELETE CASCADE,
    CONSTRAINT back_after_lent CHECK (returned_on IS NULL OR returned_on >= lent_on),
    CONSTRAINT one_at_a_time UNIQUE (book_id, member_id, is_out)
);
