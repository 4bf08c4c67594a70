-- A left join keeps every customer; where no order was found, its columns are NULL.
SELECT customers.id, name FROM customers
LEFT JOIN orders ON orders.customer_id = customers.id
WHERE orders.id IS NULL;
