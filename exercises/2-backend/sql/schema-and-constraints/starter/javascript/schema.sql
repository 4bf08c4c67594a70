-- TODO(learn): these tables take any row. Write the rules of the contract here.

CREATE TABLE books (
    id INTEGER PRIMARY KEY,
    isbn TEXT,
    title TEXT,
    copies INTEGER
);

CREATE TABLE members (
    id INTEGER PRIMARY KEY,
    email TEXT
);

CREATE TABLE loans (
    id INTEGER PRIMARY KEY,
    book_id INTEGER,
    member_id INTEGER,
    lent_on TEXT,
    returned_on TEXT
);
