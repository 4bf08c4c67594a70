SELECT id, name FROM products WHERE COALESCE(price, 0) = 0;
