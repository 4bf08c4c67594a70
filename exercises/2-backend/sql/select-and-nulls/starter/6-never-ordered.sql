-- TODO(learn): only customers without an order
SELECT id, name FROM customers;
