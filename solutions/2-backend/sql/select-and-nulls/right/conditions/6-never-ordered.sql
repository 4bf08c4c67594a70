-- NOT EXISTS looks for a row and does not compare with NULL: true or false, never unknown.
SELECT id, name FROM customers
WHERE NOT EXISTS (SELECT 1 FROM orders WHERE orders.customer_id = customers.id);
