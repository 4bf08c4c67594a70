-- A subquery for each value cannot lose or multiply a row. It runs once a customer, so it wants an index.
SELECT id, name,
    (SELECT coalesce(SUM(cents), 0) FROM orders WHERE customer_id = customers.id) AS ordered,
    (SELECT coalesce(SUM(cents), 0) FROM refunds WHERE customer_id = customers.id) AS refunded
FROM customers;
