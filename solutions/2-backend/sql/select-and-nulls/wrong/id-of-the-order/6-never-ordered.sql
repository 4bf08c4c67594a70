SELECT id, name FROM customers WHERE NOT EXISTS (SELECT 1 FROM orders WHERE customer_id = id);
