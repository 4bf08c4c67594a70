SELECT customers.id, name, orders.id AS order_id
FROM customers LEFT JOIN orders ON orders.customer_id = customers.id
WHERE year = 2025 OR year IS NULL;
