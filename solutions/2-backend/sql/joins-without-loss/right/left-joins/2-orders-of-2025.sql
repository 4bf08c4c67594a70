-- The year decides who is a partner, so it stands in ON.
SELECT customers.id, name, orders.id AS order_id
FROM customers LEFT JOIN orders ON orders.customer_id = customers.id AND year = 2025;
