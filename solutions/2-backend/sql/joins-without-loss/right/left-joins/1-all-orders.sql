-- A left join keeps each customer, with NULL where no order is found.
SELECT customers.id, name, orders.id AS order_id
FROM customers LEFT JOIN orders ON orders.customer_id = customers.id;
