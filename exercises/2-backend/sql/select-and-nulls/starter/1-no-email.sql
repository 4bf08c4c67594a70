-- TODO(learn): only customers whose email is NULL
SELECT id, name FROM customers;
