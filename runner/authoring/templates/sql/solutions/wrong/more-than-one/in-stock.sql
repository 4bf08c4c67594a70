SELECT id, name FROM products WHERE stock > 1;
