SELECT customers.id, name, coalesce(o.cents, 0) AS ordered, coalesce(r.cents, 0) AS refunded
FROM customers
LEFT JOIN (SELECT customer_id, SUM(cents) AS cents FROM orders GROUP BY customer_id) AS o
    ON o.customer_id = customers.id
LEFT JOIN (SELECT customer_id, SUM(cents) AS cents FROM refunds GROUP BY customer_id) AS r
    ON r.customer_id = customers.id;
