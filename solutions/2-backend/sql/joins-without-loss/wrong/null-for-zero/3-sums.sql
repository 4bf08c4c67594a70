SELECT id, name,
    (SELECT SUM(cents) FROM orders WHERE customer_id = customers.id) AS ordered,
    (SELECT SUM(cents) FROM refunds WHERE customer_id = customers.id) AS refunded
FROM customers;
