SELECT id, name FROM products WHERE stock > 0;
