SELECT customers.id, name, COUNT(*) AS order_count
FROM customers JOIN orders ON orders.customer_id = customers.id
GROUP BY customers.id, name;
