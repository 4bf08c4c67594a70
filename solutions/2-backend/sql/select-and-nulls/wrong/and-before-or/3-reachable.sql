SELECT id, name FROM customers
WHERE city = 'Oslo' OR city = 'Rome' AND email <> '' AND email IS NOT NULL;
