SELECT customer_id, MAX(id) AS order_id, MAX(total) AS total FROM orders GROUP BY customer_id;
