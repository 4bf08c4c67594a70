SELECT id, name FROM customers WHERE email = NULL;
