SELECT customers.id, name, SUM(total) AS paid
FROM customers JOIN orders ON orders.customer_id = customers.id
GROUP BY customers.id, name
HAVING status = 'paid' AND SUM(total) >= 100;
