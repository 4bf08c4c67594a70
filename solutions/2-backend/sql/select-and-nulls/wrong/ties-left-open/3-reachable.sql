SELECT id, name FROM customers WHERE city IN ('Oslo', 'Rome') AND email <> '';
