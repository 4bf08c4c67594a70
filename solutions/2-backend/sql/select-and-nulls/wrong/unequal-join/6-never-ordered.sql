SELECT customers.id, name FROM customers JOIN orders ON customers.id <> orders.customer_id;
