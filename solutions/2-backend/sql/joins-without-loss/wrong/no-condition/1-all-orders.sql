SELECT customers.id, name, orders.id AS order_id FROM customers, orders;
