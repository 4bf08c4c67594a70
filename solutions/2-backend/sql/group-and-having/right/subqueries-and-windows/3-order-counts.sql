-- A subquery a customer: COUNT over no rows is 0, so nothing needs care. It wants an index on customer_id.
SELECT id, name, (SELECT COUNT(*) FROM orders WHERE customer_id = customers.id) AS order_count
FROM customers;
