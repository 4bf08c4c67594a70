SELECT customers.id, name,
    coalesce(SUM(DISTINCT orders.cents), 0) AS ordered, coalesce(SUM(DISTINCT refunds.cents), 0) AS refunded
FROM customers
LEFT JOIN orders ON orders.customer_id = customers.id
LEFT JOIN refunds ON refunds.customer_id = customers.id
GROUP BY customers.id, name;
