SELECT id, name FROM customers WHERE (city = 'Oslo' OR 'Rome') AND email <> '';
