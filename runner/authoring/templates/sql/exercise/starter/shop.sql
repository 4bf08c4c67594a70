CREATE TABLE products (id INTEGER PRIMARY KEY, name TEXT NOT NULL, price INTEGER, stock INTEGER NOT NULL);

INSERT INTO products VALUES (1, 'pen', 120, 5), (2, 'map', NULL, 2), (3, 'bag', 0, 0);
