-- Two lists, one below the other: those with orders, and those without.
SELECT customers.id, name, orders.id AS order_id
FROM customers JOIN orders ON orders.customer_id = customers.id
UNION ALL
SELECT id, name, NULL FROM customers
WHERE id NOT IN (SELECT customer_id FROM orders); -- safe here: customer_id is NOT NULL
