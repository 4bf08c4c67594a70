-- TODO(learn): id and name of the products whose price is not known
SELECT id, name FROM products;
