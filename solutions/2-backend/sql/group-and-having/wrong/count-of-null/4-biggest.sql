SELECT orders.customer_id, orders.id AS order_id, orders.total
FROM orders
JOIN (SELECT customer_id, MAX(total) AS total FROM orders GROUP BY customer_id) AS top
    ON top.customer_id = orders.customer_id AND top.total = orders.total;
