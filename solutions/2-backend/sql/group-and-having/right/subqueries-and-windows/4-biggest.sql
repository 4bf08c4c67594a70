-- rank() gives equal totals the same place; the table is read once.
SELECT customer_id, order_id, total
FROM (
    SELECT customer_id, id AS order_id, total,
        rank() OVER (PARTITION BY customer_id ORDER BY total DESC) AS place
    FROM orders
) AS ranked
WHERE place = 1;
