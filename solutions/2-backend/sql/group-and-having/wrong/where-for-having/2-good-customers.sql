SELECT customers.id, name, SUM(total) AS paid
FROM customers JOIN orders ON orders.customer_id = customers.id
WHERE status = 'paid' AND total >= 100
GROUP BY customers.id, name;
