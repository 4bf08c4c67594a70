SELECT customers.id, name, orders.id AS order_id
FROM customers LEFT JOIN orders ON orders.customer_id = customers.id;
