-- A small shop to try your queries on. Totals are in euros.
CREATE TABLE customers (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    city TEXT -- NULL: unknown
);
CREATE TABLE orders (
    id INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customers (id),
    status TEXT NOT NULL, -- 'open' or 'paid'
    total INTEGER NOT NULL
);

INSERT INTO customers VALUES
    (1, 'Mia', 'Rome'), (2, 'Ben', 'Oslo'), (3, 'Zoe', NULL), (4, 'Ben', 'Rome'), (5, 'Kai', NULL);
INSERT INTO orders VALUES
    (1, 1, 'paid', 60), (2, 1, 'paid', 60), (3, 1, 'open', 20),
    (4, 2, 'paid', 100), (5, 2, 'open', 120),
    (6, 4, 'paid', 20), (7, 4, 'open', 120), (8, 4, 'open', 60);
