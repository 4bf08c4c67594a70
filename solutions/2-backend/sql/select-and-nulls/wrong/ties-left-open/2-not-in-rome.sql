SELECT id, name FROM customers WHERE city <> 'Rome' OR city IS NULL;
