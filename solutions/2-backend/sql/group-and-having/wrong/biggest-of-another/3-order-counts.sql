SELECT customers.id, name, COUNT(orders.id) AS order_count
FROM customers LEFT JOIN orders ON orders.customer_id = customers.id
GROUP BY customers.id, name;
