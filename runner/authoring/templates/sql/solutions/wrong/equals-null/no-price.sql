SELECT id, name FROM products WHERE price = NULL;
