-- TODO(learn): with the customer's orders; NULL for a customer who has none
SELECT id, name, NULL AS order_id FROM customers;
