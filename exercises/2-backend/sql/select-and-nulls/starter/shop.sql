-- A small shop to try your queries on. NULL: nobody knows.
CREATE TABLE customers (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT,
    city TEXT,
    points INTEGER
);
CREATE TABLE orders (
    id INTEGER PRIMARY KEY,
    customer_id INTEGER REFERENCES customers (id) -- NULL: a guest's
);

INSERT INTO customers VALUES
    (1, 'Mia', 'mia@a.io', 'Rome', 20),
    (2, 'Kai', NULL, 'Oslo', 0),
    (3, 'Zoe', '', 'Rome', NULL),
    (4, 'Ida', 'ida@a.io', NULL, 10),
    (5, 'Ben', 'ben@a.io', 'Oslo', 0),
    (6, 'Eva', NULL, 'Lima', 10);
INSERT INTO orders VALUES (1, 4), (2, NULL), (3, 1), (4, 4);
