-- A small shop to try your queries on. Sums of money are in cents.
CREATE TABLE customers (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    city TEXT -- NULL: unknown
);
CREATE TABLE orders (
    id INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customers (id),
    year INTEGER NOT NULL,
    cents INTEGER NOT NULL
);
CREATE TABLE refunds (
    id INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customers (id),
    cents INTEGER NOT NULL
);

INSERT INTO customers VALUES
    (1, 'Mia', 'Rome'), (2, 'Ben', 'Oslo'), (3, 'Zoe', NULL), (4, 'Ida', 'Rome'), (5, 'Kai', NULL);
INSERT INTO orders VALUES
    (1, 1, 2024, 500), (2, 1, 2025, 500), (3, 2, 2024, 900), (4, 4, 2025, 300);
INSERT INTO refunds VALUES (1, 1, 200), (2, 1, 100), (3, 2, 900);
