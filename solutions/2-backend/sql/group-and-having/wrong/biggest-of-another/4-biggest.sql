SELECT customer_id, id AS order_id, total FROM orders
WHERE total IN (SELECT MAX(total) FROM orders GROUP BY customer_id);
