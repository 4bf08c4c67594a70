-- The right table is made small first; then a left join needs no further condition.
WITH recent AS (SELECT id, customer_id FROM orders WHERE year = 2025)
SELECT customers.id, name, recent.id AS order_id
FROM customers LEFT JOIN recent ON recent.customer_id = customers.id;
