SELECT id, name FROM products
EXCEPT
SELECT id, name FROM products WHERE price IS NOT NULL;
