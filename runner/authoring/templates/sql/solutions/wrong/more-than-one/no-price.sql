SELECT id, name FROM products WHERE price IS NULL;
