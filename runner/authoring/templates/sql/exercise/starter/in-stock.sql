-- TODO(learn): id and name of the products of which at least one is there
SELECT id, name FROM products;
