-- The rules that look at other rows are triggers: longer, but each refuses in words of its own.

CREATE TABLE IF NOT EXISTS books (
    id INTEGER PRIMARY KEY,
    isbn TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL CHECK (title <> ''),
    copies INTEGER NOT NULL CHECK (typeof(copies) = 'integer' AND copies >= 0)
);

CREATE TABLE IF NOT EXISTS members (
    id INTEGER PRIMARY KEY,
    email TEXT NOT NULL UNIQUE
);

CREATE TABLE IF NOT EXISTS loans (
    id INTEGER PRIMARY KEY,
    book_id INTEGER NOT NULL REFERENCES books (id),
    member_id INTEGER NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    lent_on TEXT NOT NULL,
    returned_on TEXT CHECK (returned_on >= lent_on)
);

CREATE TRIGGER IF NOT EXISTS one_at_a_time BEFORE INSERT ON loans
WHEN NEW.returned_on IS NULL AND EXISTS (
    SELECT 1 FROM loans
    WHERE book_id = NEW.book_id AND member_id = NEW.member_id AND returned_on IS NULL
)
BEGIN
    SELECT RAISE(ABORT, 'this member has this book out already');
END;

CREATE TRIGGER IF NOT EXISTS books_with_loans_stay BEFORE DELETE ON books
WHEN EXISTS (SELECT 1 FROM loans WHERE book_id = OLD.id)
BEGIN
    SELECT RAISE(ABORT, 'this book has loans');
END;
