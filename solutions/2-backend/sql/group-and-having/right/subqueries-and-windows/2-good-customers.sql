-- The sums as a table of their own; then a condition on a sum is a WHERE like any other.
WITH sums AS (
    SELECT customer_id, SUM(CASE WHEN status = 'paid' THEN total ELSE 0 END) AS paid
    FROM orders GROUP BY customer_id
)
SELECT customers.id, name, paid
FROM customers JOIN sums ON sums.customer_id = customers.id
WHERE paid >= 100;
