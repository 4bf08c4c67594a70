SELECT customers.id, name, SUM(total) AS paid
FROM customers JOIN orders ON orders.customer_id = customers.id
WHERE status = 'paid'
GROUP BY customers.id, name
HAVING SUM(total) >= 100;
