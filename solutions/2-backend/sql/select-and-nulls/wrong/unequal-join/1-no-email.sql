SELECT id, name FROM customers WHERE email IS NULL;
