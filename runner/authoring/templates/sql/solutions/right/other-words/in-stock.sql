SELECT id, name FROM products WHERE NOT stock = 0;
