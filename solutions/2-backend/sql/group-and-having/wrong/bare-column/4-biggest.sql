SELECT customer_id, id AS order_id, MAX(total) AS total FROM orders GROUP BY customer_id;
